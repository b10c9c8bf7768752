// Merges the assessments of several respondents item by item, without deciding for them.
// Equals generator/tebiki/results/merge.py; tests/vectors/joined.json tests both.
import { sha1 } from "@noble/hashes/legacy.js";
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import {
  ANSWERED,
  CLOCK_TOLERANCE_HOURS,
  MAX_TEXT_LENGTH,
  MERGE_NAMESPACE,
  TEXT_FIELDS,
} from "../build/shared-constants";
import { mergeActions } from "./action-plan";
import { textLength } from "./draft";
import type { Answer, Checklist, Content, Draft } from "./model";
import { canonicalJson, comparableAnswer } from "./canonical";

/** The answer that the respondents decided on, and the reason: its id, or `#2` for the content of the second. */
export interface Decision {
  value: string;
  reason: string;
}

/** Whether the respondents agree on a question. */
export interface Agreement {
  item: string;
  /** Ids of the answers, in the order of the assessments; `answered` for content, empty for no answer. */
  values: string[];
  /** agreed: all answers are equal. gap: nobody answered. */
  state: "agreed" | "disagreed" | "gap" | "decided";
  /** Whether only some respondents answered. */
  partial: boolean;
}

/** Namespace of the ids of merged assessments (RFC 9562, version 5). */
const NAMESPACE = hexToBytes(MERGE_NAMESPACE.replaceAll("-", ""));

/** The agreement on each active question in drafts that are migrated to `checklist`. */
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
  submitted: readonly (Answer | undefined)[],
  decisions: ReadonlyMap<string, Decision>,
): Agreement {
  const answered = submitted.filter((answer) => answer !== undefined && comparableAnswer(answer) !== "") as Answer[];
  const distinct = new Set(answered.map(comparableAnswer)).size;
  const agreed = distinct === 1 ? "agreed" : "disagreed";
  const state = decisions.has(item) ? "decided" : distinct === 0 ? "gap" : agreed;
  const values = submitted.map((answer) => (answer && comparableAnswer(answer) !== "" ? answer.value || ANSWERED : ""));
  return { item, values, state, partial: distinct > 0 && values.includes("") };
}

/** The time after which a time is in the future: the clock of the computer that wrote a file may be ahead of this one. */
export function latestCredibleTime(): string {
  return new Date(Date.now() + CLOCK_TOLERANCE_HOURS * 3_600_000).toISOString();
}

/**
 * Merges drafts. Where the respondents agree, or a decision was made, the draft has the answer; where they disagree it
 * has none. All texts are kept, each after the label of its assessment. The id is derived from the merged ids.
 *
 * @param label The label of the merged draft
 * @param reasonWords The words before the reason of a decision, which precedes the notes
 * @param now See latestCredibleTime. Kind, round and time are those of the draft that was changed last, but not in the
 *   future: a clock that is wrong must not decide
 * @returns The merged draft, or the item whose combined texts exceed MAX_TEXT_LENGTH
 */
export function merge(
  drafts: readonly Draft[],
  checklist: Checklist,
  decisions: ReadonlyMap<string, Decision>,
  label: string,
  reasonWords: string,
  now: string,
): { draft: Draft; tooLong?: never } | { draft?: never; tooLong: string } {
  const labels = drafts.map((draft, index) => draft.label || String(index + 1));
  const items = new Set([...checklist.items.keys(), ...drafts.flatMap((draft) => [...draft.answers.keys()])]);
  const answers = new Map<string, Answer>();
  const orphans = new Map<string, Answer>();
  const setAside = (id: string, answer: Answer): unknown => orphans.set(unusedId(id, answer, orphans), answer);
  for (const id of items) {
    const submitted = drafts.map((draft) => draft.answers.get(id));
    const agreement = agreementOf(id, submitted, decisions);
    if (!submitted.some(Boolean) && agreement.state !== "decided") continue;
    const answer = mergedAnswer(agreement, submitted, labels, checklist, decisions.get(id), reasonWords);
    if (TEXT_FIELDS.some((field) => textLength(answer[field]) > MAX_TEXT_LENGTH)) return { tooLong: id };
    answers.set(id, answer);
    for (const source of submitted) {
      // Content that differs is kept unchanged as an orphan.
      if (source?.content !== undefined && contentKey(source) !== contentKey(answer)) setAside(id, source);
    }
  }
  for (const draft of drafts) for (const [id, answer] of draft.orphans) setAside(id, answer);
  const past = drafts.filter((draft) => draft.updated <= now);
  const newest = (past.length > 0 ? past : drafts).reduce((latest, draft) =>
    draft.updated > latest.updated ? draft : latest,
  );
  const { respondent: _, ...rest } = newest;
  const draft: Draft = {
    ...rest,
    id: mergedId(drafts),
    label,
    created: drafts.map((draft) => draft.created).sort()[0] as string,
    answers,
    orphans,
    actions: mergeActions(drafts.flatMap((draft) => draft.actions ?? [])),
  };
  return { draft };
}

/** The submitted content that a decision refers to by its number, if any. */
function decidedContent(
  decision: Decision | undefined,
  submitted: readonly (Answer | undefined)[],
): Content | undefined {
  const number = /^#([1-9][0-9]{0,8})$/.exec(decision?.value ?? "")?.[1];
  const chosen = number === undefined ? undefined : submitted[Number(number) - 1];
  return chosen?.value === "" ? chosen.content : undefined;
}

function contentKey({ content }: Answer): string | undefined {
  return content === undefined
    ? undefined
    : comparableAnswer({ rev: 0, value: "", note: "", evidence: "", justification: "", content });
}

function mergedAnswer(
  { item, state }: Agreement,
  submitted: readonly (Answer | undefined)[],
  labels: readonly string[],
  checklist: Checklist,
  decision: Decision | undefined,
  reasonWords: string,
): Answer {
  const contributions = submitted.flatMap((answer, index) => (answer ? [{ answer, name: labels[index] ?? "" }] : []));
  const [single] = contributions;
  if (single && contributions.length === 1 && !decision) return single.answer;
  const first =
    state === "agreed" ? contributions.find(({ answer }) => comparableAnswer(answer) !== "")?.answer : undefined;
  // An answer to a changed question still has to be confirmed, whoever gave it.
  const rev = contributions.length > 0 ? Math.min(...contributions.map(({ answer }) => answer.rev)) : 1;
  const result: Answer = { rev, value: first?.value ?? "", note: "", evidence: "", justification: "" };
  const decided = decidedContent(decision, submitted);
  if (decision)
    Object.assign(result, {
      rev: checklist.items.get(item)?.rev ?? rev,
      value: decided === undefined ? decision.value : "",
    });
  for (const field of TEXT_FIELDS) {
    const parts = contributions
      .filter(({ answer }) => answer[field] !== "")
      .map(({ answer, name }) => `[${name}] ${answer[field]}`);
    if (decision && field === "note") parts.unshift(`${reasonWords}${decision.reason}`);
    result[field] = parts.join("\n");
  }
  const content = first?.value === "" ? first.content : decided;
  return content === undefined ? result : { ...result, content };
}

/** The id, or another id when a different orphan already has it. */
function unusedId(id: string, answer: Answer, orphans: ReadonlyMap<string, Answer>): string {
  let unused = id;
  for (let number = 1; ; number += 1) {
    const contributions = orphans.get(unused);
    if (!contributions || canonicalJson(contributions) === canonicalJson(answer)) return unused;
    unused = `${id.slice(0, 80).replace(/-+$/, "")}-other-${number}`;
  }
}

function mergedId(drafts: readonly Draft[]): string {
  const name = utf8ToBytes(
    drafts
      .map((draft) => draft.id)
      .sort()
      .join(" "),
  );
  const bytes = sha1(new Uint8Array([...NAMESPACE, ...name])).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
