// The entry of the bundle that leads through a long form, which ../form/navigation-loader.ts loads.
import type { Navigation, NavigationContext } from "../form/navigation-loader";
import { findInForm } from "./find";
import { goToNext } from "./next-question";

globalThis.tebikiFormNavigation = (context: NavigationContext): Navigation => {
  const input = context.outline?.querySelector<HTMLInputElement>("#tebiki-find");
  if (context.outline && input) findInForm(context, context.outline, input);
  return { goToNext: () => goToNext(context) };
};
