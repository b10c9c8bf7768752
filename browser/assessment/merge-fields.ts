// Merges concurrent changes by field: the choice, each text, each cell of a row, each part.
import { fieldText, isRows } from "./content";
import { areEqual } from "./equality";
import type { Action, Answer, Content, Row } from "./model";

/**
 * The sides of a merge. A value that is equal in `base` and `mine` stays as in `theirs`. Where both sides changed it,
 * mine wins when a change is written, and theirs when it is undone.
 */
export interface Sides<T> {
  /** The value that a change began with. */
  base: T;
  /** The value after that change. */
  mine: T;
  /** The present value, which may have been changed elsewhere since. */
  theirs: T;
  winner: "mine" | "theirs";
}

type Answers = ReadonlyMap<string, Answer>;
type Attribution = Pick<Row, "respondent" | "answered">;

/** Merges the value of an item id or a partId; see valueAt. */
export function mergeValue(id: string, sides: Sides<unknown>): unknown {
  const { base, mine, theirs } = sides;
  if (areEqual(mine, base)) return theirs;
  if (areEqual(theirs, base)) return mine;
  if (!id.startsWith("#")) return mergeAnswer(sides as Sides<Answer | undefined>);
  if (id === "#actions") return mergeActions(mapSides(sides, (actions) => (actions ?? []) as readonly Action[]));
  if (id === "#orphans") return mergeOrphans(sides as Sides<Answers>);
  return pick(sides);
}

function mapSides<T, U>({ base, mine, theirs, winner }: Sides<T>, read: (side: T) => U): Sides<U> {
  return { base: read(base), mine: read(mine), theirs: read(theirs), winner };
}

function pick<T>({ base, mine, theirs, winner }: Sides<T>): T {
  if (areEqual(mine, base)) return theirs;
  return winner === "mine" || areEqual(theirs, base) ? mine : theirs;
}

function mergeAnswer(sides: Sides<Answer | undefined>): Answer | undefined {
  const { rev } = (sides.theirs ?? sides.mine ?? sides.base) as Answer;
  const blank: Answer = { rev, value: "", note: "", evidence: "", justification: "" };
  const { base, mine, theirs, winner } = mapSides(sides, (answer) => answer ?? blank);
  const pickBy = <T>(read: (answer: Answer) => T): T => pick(mapSides({ base, mine, theirs, winner }, read));
  const given = mapSides({ base, mine, theirs, winner }, ({ value, content }) => [value, content ?? null]);
  const isConfirmed = mine.rev !== base.rev && !areEqual(given.base, ["", null]);
  const isAnswered = isConfirmed || !areEqual(given.mine, given.base);
  const takesMine = isAnswered && (winner === "mine" || areEqual(given.theirs, given.base));
  // Content replaces an answer that was given instead of it; see withAnswer.
  const entersContent = takesMine && mine.content !== undefined && !areEqual(mine.content, base.content);
  const value = entersContent ? mine.value : pickBy((answer) => answer.value);
  const merged = mergeContent(mapSides({ base, mine, theirs, winner }, (answer) => answer.content));
  const content = value !== "" && isChoices(merged) ? undefined : merged;
  const texts = {
    note: pickBy(({ note }) => note),
    evidence: pickBy(({ evidence }) => evidence),
    justification: pickBy(({ justification }) => justification),
  };
  if (value === "" && content === undefined && Object.values(texts).join("") === "") return undefined;
  return {
    rev: takesMine ? mine.rev : theirs.rev,
    value,
    ...texts,
    ...(content === undefined ? {} : { content }),
    ...pickBy(attributionOf),
  };
}

function attributionOf({ respondent, answered }: Attribution): Attribution {
  return {
    ...(respondent === undefined ? {} : { respondent }),
    ...(answered === undefined ? {} : { answered }),
  };
}

function isChoices(content: Content | undefined): content is readonly string[] {
  return Array.isArray(content) && !isRows(content);
}

function mergeContent(sides: Sides<Content | undefined>): Content | undefined {
  const contents = [sides.base, sides.mine, sides.theirs].filter((content) => content !== undefined);
  const listSides = <T>(): Sides<readonly T[]> => mapSides(sides, (content) => (content ?? []) as readonly T[]);
  if (!contents.every(isRows) && !contents.every(isChoices)) return pick(sides);
  const merged = contents.every(isRows) ? mergeRows(listSides()) : mergeChoices(listSides());
  return merged.length > 0 ? merged : undefined;
}

function mergeChoices(sides: Sides<readonly string[]>): string[] {
  const ids = insertMissing(sides.theirs, sides.mine);
  return ids.filter((id) => pick(mapSides(sides, (choices) => choices.includes(id))));
}

/** `ids` with those of `others` that are not among them, each after the id that it follows there. */
function insertMissing(ids: readonly string[], others: readonly string[]): string[] {
  const all = [...ids];
  others.forEach((id, index) => {
    if (!all.includes(id)) all.splice(all.indexOf(others[index - 1] ?? "") + 1, 0, id);
  });
  return all;
}

function mergeRows(sides: Sides<readonly Row[]>): Row[] {
  const rowsById = mapSides(sides, (rows) => new Map(rows.map((row) => [row.id, row])));
  const isCommon = (id: string): boolean => rowsById.base.has(id) && rowsById.mine.has(id) && rowsById.theirs.has(id);
  const ids = mapSides(sides, (rows) => rows.map(({ id }) => id));
  const order = mapSides(ids, (all) => all.filter(isCommon));
  const isMoved = !areEqual(pick(order), order.theirs);
  const merged = isMoved ? insertMissing(ids.mine, ids.theirs) : insertMissing(ids.theirs, ids.mine);
  return merged.flatMap((id) => mergeRow(mapSides(rowsById, (rows) => rows.get(id))) ?? []);
}

function mergeRow(sides: Sides<Row | undefined>): Row | undefined {
  const { base, mine, theirs, winner } = sides;
  if (!mine || !theirs) {
    // A row that was removed on one side stays if the other side has changed it: its texts would be lost.
    const isRemoved = base && (areEqual(mine ?? theirs, base) || (!theirs && winner === "theirs"));
    return isRemoved ? undefined : (mine ?? theirs);
  }
  const fields = insertMissing(Object.keys(mine.fields), Object.keys(theirs.fields)).map(
    (field) => [field, pick(mapSides(sides, (row) => (row ? fieldText(row, field) : "")))] as const,
  );
  return {
    id: mine.id,
    fields: Object.fromEntries(fields.filter(([, text]) => text !== "")),
    ...pick(mapSides(sides, (row) => attributionOf(row ?? {}))),
  };
}

/**
 * Merges action plans. Actions have no ids: they are matched by position while none is added or removed, and otherwise
 * by content. An action that both sides changed is then kept twice.
 */
function mergeActions(sides: Sides<readonly Action[]>): readonly Action[] {
  const { base, mine, theirs, winner } = sides;
  if (mine.length === base.length && theirs.length === base.length)
    return mine.map((_, index) => mergeAction(mapSides(sides, (actions) => actions[index] as Action)));
  if (winner === "theirs") return theirs;
  const isIn = (actions: readonly Action[], action: Action): boolean =>
    actions.some((other) => areEqual(other, action));
  const added = mine.filter((action) => !isIn(base, action));
  const merged = [...theirs];
  for (const removed of base.filter((action) => !isIn(mine, action))) {
    const index = merged.findIndex((other) => areEqual(other, removed));
    // Unless there are fewer actions now, it was changed: its new state takes its place.
    if (index >= 0) merged.splice(index, 1, ...(mine.length >= base.length ? added.splice(0, 1) : []));
  }
  return [...merged, ...added];
}

function mergeAction(sides: Sides<Action>): Action {
  const pickBy = <T>(read: (action: Action) => T): T => pick(mapSides(sides, read));
  return {
    item: pickBy(({ item }) => item),
    text: pickBy(({ text }) => text),
    owner: pickBy(({ owner }) => owner),
    due: pickBy(({ due }) => due),
    state: pickBy(({ state }) => state),
  };
}

function mergeOrphans(sides: Sides<Answers>): Answers {
  const merged = new Map<string, Answer>();
  for (const id of [...sides.theirs.keys(), ...sides.mine.keys()]) {
    const answer = pick(mapSides(sides, (answers) => answers.get(id)));
    if (answer) merged.set(id, answer);
  }
  return merged;
}
