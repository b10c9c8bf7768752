// TypeScript types from a JSON Schema, as far as our schemas go: objects, arrays, choices and references.
import { readFile } from "node:fs/promises";
import path from "node:path";

/** @typedef {Record<string, any>} Schema */

/** @param {string} name lower-case words joined by "-" or "_" */
const pascalCase = (name) => name.replace(/(?:^|[-_ ])(\w)/g, (_, letter) => letter.toUpperCase());

/** @param {Schema} schema */
const comment = ({ description }) => (description ? `/** ${description} */\n` : "");

/** @param {string} type */
const arrayOf = (type) => (/^\w+$/.test(type) ? `${type}[]` : `(${type})[]`);

/** @param {string} text */
const indent = (text) => text.replaceAll(/^/gm, "  ");

class TypeWriter {
  /** @type {Map<string, string>} declarations by name */
  declarations = new Map();

  /** @param {string} folder of the schemas */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {string} file */
  async read(file) {
    return /** @type {Schema} */ (JSON.parse(await readFile(path.join(this.folder, file), "utf8")));
  }

  /**
   * The type of what a schema allows; types of objects in $defs are declared under their names.
   *
   * @param {Schema} schema
   * @param {string} file that contains the schema
   * @returns {Promise<string>}
   */
  async type(schema, file) {
    if (schema["$ref"]) return this.reference(schema["$ref"], file);
    if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
    if (schema["enum"]) return schema["enum"].map((/** @type {unknown} */ value) => JSON.stringify(value)).join(" | ");
    if (schema["anyOf"])
      return (await Promise.all(schema["anyOf"].map((/** @type {Schema} */ part) => this.type(part, file)))).join(
        " | ",
      );
    if (schema["type"] === "array") return arrayOf(await this.type(schema["items"], file));
    if (schema["type"] === "object") return this.object(schema, file);
    if (schema["type"] === "integer") return "number";
    if (["string", "number", "boolean", "null"].includes(schema["type"])) return schema["type"];
    throw new Error(`${file}: no type for ${JSON.stringify(schema)}`);
  }

  /**
   * @param {Schema} schema
   * @param {string} file
   */
  async object(schema, file) {
    if (schema["additionalProperties"])
      return `{ [key: string]: ${await this.type(schema["additionalProperties"], file)} }`;
    const required = new Set(schema["required"]);
    const entries = /** @type {[string, Schema][]} */ (Object.entries(schema["properties"]));
    const members = entries.map(
      async ([name, member]) =>
        `${comment(member)}${name}${required.has(name) ? "" : "?"}: ${await this.type(member, file)};`,
    );
    return `{\n${indent((await Promise.all(members)).join("\n"))}\n}`;
  }

  /**
   * @param {string} reference a JSON pointer, after the name of a file unless it points into the same one
   * @param {string} file that contains the reference
   */
  async reference(reference, file) {
    const [other, pointer = ""] = reference.split("#");
    const target = other || file;
    const steps = pointer.split("/").slice(1);
    const schema = steps.reduce((node, step) => node[step], await this.read(target));
    if (schema["type"] !== "object") return this.type(schema, target);
    return this.declare(pascalCase(steps.at(-1) ?? ""), schema, target);
  }

  /**
   * Declares an interface and returns its name.
   *
   * @param {string} name
   * @param {Schema} schema
   * @param {string} file
   */
  async declare(name, schema, file) {
    if (this.declarations.has(name)) return name;
    this.declarations.set(name, ""); // a type may contain itself
    this.declarations.set(name, `${comment(schema)}export interface ${name} ${await this.object(schema, file)}\n`);
    return name;
  }
}

/**
 * The declarations of a schema, whose own type is named after its title.
 *
 * @param {string} folder of the schemas
 * @param {string} file name of the schema
 */
export async function schemaTypes(folder, file) {
  const writer = new TypeWriter(folder);
  const schema = await writer.read(file);
  await writer.declare(pascalCase(schema["title"]), schema, file);
  return [...writer.declarations.values()].join("\n");
}
