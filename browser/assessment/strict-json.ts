// Reading JSON as RFC 7493 (I-JSON) wants it: RFC 8785, and so the digest, is defined for no other.

/** Skips a string whose opening quote is at `start`; returns the index after its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/**
 * Whether JSON (known to parse) names a member twice in one object, or holds half of a surrogate
 * pair. JSON.parse lets both pass: of two members with one name it keeps the last, so that two
 * readers could see different answers under one digest.
 */
function isAmbiguous(text: string): boolean {
  const open: (Set<string> | null)[] = []; // names so far, innermost last; null for an array
  let nameComes = false;
  for (let at = 0; at < text.length; ) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const value = JSON.parse(text.slice(at, end)) as string;
      if (/[\uD800-\uDFFF]/u.test(value)) return true;
      const names = open.at(-1);
      if (names && nameComes) {
        if (names.has(value)) return true;
        names.add(value);
        nameComes = false;
      }
      at = end;
      continue;
    }
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    if (character === "{" || character === ",") nameComes = true;
    at += 1;
  }
  return false;
}

/**
 * The value of a JSON text in UTF-8 (a byte order mark is allowed), or undefined when the bytes are
 * not UTF-8, not JSON, or not I-JSON.
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
