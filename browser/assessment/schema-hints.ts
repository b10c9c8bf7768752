// Turns an error of the schema validator into a path and a hint for the person.
import { MAX_QUOTED_LENGTH } from "../build/shared-constants";

/** An error of ajv; see https://ajv.js.org/api.html#error-objects */
export interface SchemaError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  propertyName?: string;
}

/** A key under `hints` in form.yml, and the values of its placeholders. */
export interface Hint {
  key: string;
  values: Record<string, string | number>;
}

/** A name from a foreign file for use in a message: on one line, at most MAX_QUOTED_LENGTH characters. */
export function shortened(text: unknown): string {
  const plain = String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, " ");
  const characters = [...plain.slice(0, 2 * MAX_QUOTED_LENGTH)];
  return characters.length > MAX_QUOTED_LENGTH
    ? `${characters.slice(0, MAX_QUOTED_LENGTH).join("")}…`
    : characters.join("");
}

/**
 * The path of an error in the file, as names joined by "/"; empty for the file as a whole.
 *
 * An invalid name (propertyNames) is part of the path.
 */
export function errorPath(error: SchemaError): string {
  const names = error.instancePath
    .split("/")
    .slice(1)
    .map((name) => name.replace(/~1/g, "/").replace(/~0/g, "~"));
  if (error.propertyName !== undefined) names.push(error.propertyName);
  return shortened(names.join("/"));
}

/** The hint for an error. A keyword without its own message becomes `other`. */
export function errorHint(error: SchemaError): Hint {
  const { keyword, params } = error;
  if (error.propertyName !== undefined) return { key: "name", values: {} };
  switch (keyword) {
    case "required":
      return { key: "required", values: { name: shortened(params["missingProperty"]) } };
    case "additionalProperties":
      return { key: "additional", values: { name: shortened(params["additionalProperty"]) } };
    case "type":
      return { key: "type", values: { type: shortened(params["type"]) } };
    case "maxLength":
    case "maxItems":
    case "maxProperties":
      return { key: "too-much", values: { limit: Number(params["limit"]) } };
    case "pattern":
    case "enum":
    case "const":
    case "minimum":
      return { key: "value", values: {} };
    default:
      return { key: "other", values: {} };
  }
}
