// Whether data is equal. Not by its canonical form: that takes ten times as long, and long forms compare every answer.

/**
 * Whether two values of an assessment are equal, in whatever order the members of objects are. A member that is
 * undefined is the same as none.
 */
export function areEqual(value: unknown, other: unknown): boolean {
  if (value === other) return true;
  if (typeof value !== "object" || typeof other !== "object" || !value || !other) return false;
  if (Array.isArray(value) !== Array.isArray(other)) return false;
  if (value instanceof Map && other instanceof Map) return areEqual([...value], [...other]);
  const members = value as Record<string, unknown>;
  const others = other as Record<string, unknown>;
  for (const name in members) if (!areEqual(members[name], memberOf(others, name))) return false;
  for (const name in others) if (others[name] !== undefined && !Object.hasOwn(members, name)) return false;
  return true;
}

/** A member that an object has itself: "constructor" is a name like others. */
function memberOf(members: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
