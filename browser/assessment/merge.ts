// Putting the results of several respondents together, item by item, without deciding for them.
// The same as generator/tebiki/results/merge.py; tests/vectors/joined.json tests both.
import { sha1 } from "@noble/hashes/legacy.js";
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { ANSWERED, MAX_TEXT_LENGTH, MERGE_NAMESPACE, TEXT_FIELDS } from "../build/shared-constants";
import { textLength } from "./draft";
import type { Answer, Checklist, Content, Draft } from "./model";
import { canonicalJson, comparableAnswer } from "./canonical";

/** The answer that the respondents settled on, and why: its id, or `#2` for what the second entered instead of one. */
export interface Decision {
  value: string;
  reason: string;
}

/** One question in all results: the answers' ids in their order; `answered` for what is no choice, empty for none. */
export interface Agreement {
  item: string;
  values: string[];
  /** agreed: all who answered said the same. gap: nobody answered. */
  state: "agreed" | "disagreed" | "gap" | "decided";
  /** Whether only some gave an answer. */
  partial: boolean;
}

/** Names merged assessments by their parts (RFC 9562, version 5). */
const SPACE = hexToBytes(MERGE_NAMESPACE.replaceAll("-", ""));

/** How each question that is asked stands in `drafts`, which are all fitted to `checklist`. */
export function agreementsOf(
  drafts: readonly Draft[],
  checklist: Checklist,
  decisions: ReadonlyMap<string, Decision>,
): Agreement[] {
  const active = [...checklist.items.values()].filter((item) => item.status === "active");
  return active.map(({ id }) =>
    agreementOf(
      id,
      drafts.map((draft) => draft.answers.get(id)),
      decisions,
    ),
  );
}

function agreementOf(
  item: string,
  given: readonly (Answer | undefined)[],
  decisions: ReadonlyMap<string, Decision>,
): Agreement {
  const answered = given.filter((answer) => answer !== undefined && comparableAnswer(answer) !== "") as Answer[];
  const different = new Set(answered.map(comparableAnswer)).size;
  const agreed = different === 1 ? "agreed" : "disagreed";
  const state = decisions.has(item) ? "decided" : different === 0 ? "gap" : agreed;
  const values = given.map((answer) => (answer && comparableAnswer(answer) !== "" ? answer.value || ANSWERED : ""));
  return { item, values, state, partial: different > 0 && values.includes("") };
}

/**
 * One draft of several, or the item whose texts are together too long for a file.
 *
 * Where the respondents agree, or a decision was made, it has the answer; where they disagree it has none. All
 * texts are kept, each after the label of its assessment; the reason of a decision comes first, after
 * `reasonWords`. The id follows from the ids that were merged.
 */
export function merge(
  drafts: readonly Draft[],
  checklist: Checklist,
  decisions: ReadonlyMap<string, Decision>,
  label: string,
  reasonWords: string,
): { draft: Draft; tooLong?: never } | { draft?: never; tooLong: string } {
  const names = drafts.map((draft, index) => draft.label || String(index + 1));
  const items = new Set([...checklist.items.keys(), ...drafts.flatMap((draft) => [...draft.answers.keys()])]);
  const answers = new Map<string, Answer>();
  const orphans = new Map<string, Answer>();
  const setAside = (id: string, answer: Answer): unknown => orphans.set(freeName(id, answer, orphans), answer);
  for (const id of items) {
    const given = drafts.map((draft) => draft.answers.get(id));
    const joined = agreementOf(id, given, decisions);
    if (!given.some(Boolean) && joined.state !== "decided") continue;
    const answer = merged(joined, given, names, checklist, decisions.get(id), reasonWords);
    if (TEXT_FIELDS.some((field) => textLength(answer[field]) > MAX_TEXT_LENGTH)) return { tooLong: id };
    answers.set(id, answer);
    for (const one of given) {
      // Rows and the like that differ: each stays whole.
      if (one?.content !== undefined && entered(one) !== entered(answer)) setAside(id, one);
    }
  }
  for (const draft of drafts) for (const [id, answer] of draft.orphans) setAside(id, answer);
  const newest = drafts.reduce((found, one) => (one.updated > found.updated ? one : found));
  const { respondent: _, ...rest } = newest;
  const draft: Draft = {
    ...rest,
    id: idOf(drafts),
    label,
    created: drafts.map((draft) => draft.created).sort()[0] as string,
    answers,
    orphans,
    actions: drafts.flatMap((one) => one.actions ?? []),
  };
  return { draft };
}

/** The content that a decision takes over from one of the given answers. */
function settledContent(decision: Decision | undefined, given: readonly (Answer | undefined)[]): Content | undefined {
  const number = /^#([1-9][0-9]{0,8})$/.exec(decision?.value ?? "")?.[1];
  const taken = number === undefined ? undefined : given[Number(number) - 1];
  return taken?.value === "" ? taken.content : undefined;
}

function entered({ content }: Answer): string | undefined {
  return content === undefined
    ? undefined
    : comparableAnswer({ rev: 0, value: "", note: "", evidence: "", justification: "", content });
}

function merged(
  { item, state }: Agreement,
  given: readonly (Answer | undefined)[],
  names: readonly string[],
  checklist: Checklist,
  decision: Decision | undefined,
  reasonWords: string,
): Answer {
  const there = given.flatMap((answer, index) => (answer ? [{ answer, name: names[index] ?? "" }] : []));
  const [only] = there;
  if (only && there.length === 1 && !decision) return only.answer;
  const first = state === "agreed" ? there.find(({ answer }) => comparableAnswer(answer) !== "")?.answer : undefined;
  // An answer to a changed question still has to be confirmed, whoever gave it.
  const rev = there.length > 0 ? Math.min(...there.map(({ answer }) => answer.rev)) : 1;
  const result: Answer = { rev, value: first?.value ?? "", note: "", evidence: "", justification: "" };
  const settled = settledContent(decision, given);
  if (decision)
    Object.assign(result, {
      rev: checklist.items.get(item)?.rev ?? rev,
      value: settled === undefined ? decision.value : "",
    });
  for (const field of TEXT_FIELDS) {
    const parts = there
      .filter(({ answer }) => answer[field] !== "")
      .map(({ answer, name }) => `[${name}] ${answer[field]}`);
    if (decision && field === "note") parts.unshift(`${reasonWords}${decision.reason}`);
    result[field] = parts.join("\n");
  }
  const content = first?.value === "" ? first.content : settled;
  return content === undefined ? result : { ...result, content };
}

/** The name itself, or another when a different answer has it already. */
function freeName(id: string, answer: Answer, orphans: ReadonlyMap<string, Answer>): string {
  let free = id;
  for (let number = 1; ; number += 1) {
    const there = orphans.get(free);
    if (!there || canonicalJson(there) === canonicalJson(answer)) return free;
    free = `${id.slice(0, 80).replace(/-+$/, "")}-other-${number}`;
  }
}

function idOf(drafts: readonly Draft[]): string {
  const name = utf8ToBytes(
    drafts
      .map((draft) => draft.id)
      .sort()
      .join(" "),
  );
  const bytes = sha1(new Uint8Array([...SPACE, ...name])).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
