// A style sheet as text, which build.mjs bundles.
declare module "*.css" {
  const text: string;
  export default text;
}
