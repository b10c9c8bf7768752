// The validator that build.mjs compiles from schemas/assessment-result.schema.json.
declare module "*/validate-result.js" {
  import type { SchemaFinding } from "./schema-hints";
  export const validateResult: {
    (data: unknown): boolean;
    errors?: SchemaFinding[] | null;
  };
}
