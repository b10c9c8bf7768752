// Variant characters and their common forms.
import { VARIANT_CHARACTERS } from "../build/shared-constants";

/** The code of the common form by the code of a variant. */
export const COMMON_FORM: ReadonlyMap<number, number> = new Map(
  Array.from({ length: VARIANT_CHARACTERS.length / 2 }, (_, index) => [
    VARIANT_CHARACTERS.charCodeAt(2 * index),
    VARIANT_CHARACTERS.charCodeAt(2 * index + 1),
  ]),
);
