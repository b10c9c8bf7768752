// Parses I-JSON (RFC 7493). RFC 8785, and therefore the digest, is defined for I-JSON only.

/** The index after the closing quote of the string whose opening quote is at `start`. */
function endOfString(text: string, start: number): number {
  let position = start + 1;
  while (text[position] !== '"') position += text[position] === "\\" ? 2 : 1;
  return position + 1;
}

/**
 * Whether a valid JSON text has duplicate members in an object, or a lone surrogate.
 *
 * JSON.parse accepts both and keeps the last of duplicate members, so that two readers could see different answers
 * under the same digest.
 */
function isAmbiguous(text: string): boolean {
  const scopes: (Set<string> | null)[] = []; // names of the open objects, innermost last; null for an array
  let expectsName = false;
  for (let position = 0; position < text.length; ) {
    const character = text[position];
    if (character === '"') {
      const end = endOfString(text, position);
      const value = JSON.parse(text.slice(position, end)) as string;
      if (/[\uD800-\uDFFF]/u.test(value)) return true;
      const names = scopes.at(-1);
      if (names && expectsName) {
        if (names.has(value)) return true;
        names.add(value);
        expectsName = false;
      }
      position = end;
      continue;
    }
    if (character === "{") scopes.push(new Set());
    else if (character === "[") scopes.push(null);
    else if (character === "}" || character === "]") scopes.pop();
    if (character === "{" || character === ",") expectsName = true;
    position += 1;
  }
  return false;
}

/**
 * The value of a JSON text in UTF-8, with or without a byte order mark; undefined when the bytes are not UTF-8, not
 * JSON, or not I-JSON.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return isAmbiguous(text) ? undefined : value;
  } catch {
    return undefined;
  }
}
