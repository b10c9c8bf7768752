// Reads a result file. The steps and their order are the reading rules of docs/result-format.md;
// `tebiki result check` follows the same rules with the same messages.
import { MAX_REPORT_BYTES, MAX_RESULT_BYTES, RESULT_FORMAT, RESULT_FORMAT_MAJOR } from "../build/shared-constants";
import { validateResult } from "../build/validate-result.js";
import { choicesFor } from "./content";
import { recordDigest } from "./digest";
import { isInstitutionId } from "./institution-id";
import type { AssessmentRecord, Checklist } from "./model";
import { isHtml, recordInReport } from "./report-record";
import type { Hint } from "./schema-hints";
import { errorHint, errorPath, shortened } from "./schema-hints";
import { parseStrictJson } from "./strict-json";
import type { Translate } from "./translate";

/** Why a file is refused: a key under `errors` in form.yml. */
export type RefusalCode =
  | "too-large"
  | "not-json"
  | "no-record"
  | "wrong-format"
  | "newer-version"
  | "schema"
  | "unknown-checklist"
  | "other-checklist"
  | "wrong-digest"
  | "unknown-answer";

export interface Refusal {
  code: RefusalCode;
  /** Values of the placeholders in the message. */
  values: Record<string, string | number>;
  /** For `schema`: the kind of error. */
  hint?: Hint;
}

export type ReadResult = { record: AssessmentRecord; refusal?: never } | { record?: never; refusal: Refusal };

function refuse(code: RefusalCode, values: Refusal["values"] = {}, hint?: Hint): ReadResult {
  return { refusal: hint ? { code, values, hint } : { code, values } };
}

function ownMember(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function isNewer(version: unknown): version is string {
  const major = typeof version === "string" ? /^(\d{1,9})\.\d+\.\d+$/.exec(version)?.[1] : undefined;
  return Number(major ?? 0) > RESULT_FORMAT_MAJOR;
}

/** The refusal of a file that exceeds a limit, by default that of reports; needs its size only. */
export function refuseSize(bytes: number, limit: number = MAX_REPORT_BYTES): ReadResult | undefined {
  return bytes > limit ? refuse("too-large", { limit: `${limit / 1_000_000} MB` }) : undefined;
}

/**
 * The record in the bytes of a result file or of a report, or why the file is refused. Never throws.
 *
 * Checks in this order: size, JSON, format marker, format version, schema, checklist, digest, answers. The computed
 * figures of the record are not used.
 */
export function readRecord(bytes: Uint8Array, checklist: Checklist): ReadResult {
  const record = isHtml(bytes) && !refuseSize(bytes.length) ? recordInReport(bytes) : bytes;
  if (!record) return refuse("no-record");
  const tooLarge = refuseSize(record.length, MAX_RESULT_BYTES);
  if (tooLarge) return tooLarge;
  return readJson(record, checklist);
}

function readJson(bytes: Uint8Array, checklist: Checklist): ReadResult {
  const value = parseStrictJson(bytes);
  if (value === undefined) return refuse("not-json");
  if (ownMember(value, "format") !== RESULT_FORMAT) return refuse("wrong-format");
  const version = ownMember(value, "format_version");
  if (isNewer(version)) return refuse("newer-version", { version: shortened(version) });
  if (!validateResult(value)) {
    const finding = validateResult.errors?.[0];
    if (!finding) return refuse("schema", { place: "" }, { key: "other", values: {} });
    return refuse("schema", { place: errorPath(finding) }, errorHint(finding));
  }
  const record = value as AssessmentRecord;
  const { identifier } = record.subject;
  if (identifier && !isInstitutionId(identifier))
    return refuse("schema", { place: "subject/identifier/value" }, { key: "value", values: {} });
  if (record.checklist.id !== checklist.id) {
    const isSameHandbook = record.handbook.id === checklist.handbook.id;
    return refuse(isSameHandbook ? "other-checklist" : "unknown-checklist", { checklist: record.checklist.id });
  }
  if (recordDigest(record) !== record.digest) return refuse("wrong-digest");
  for (const [id, answer] of Object.entries(record.answers)) {
    const item = checklist.items.get(id);
    if (!item && checklist.isExcerpt) continue;
    const choices = item ? choicesFor(item, checklist) : checklist.answers;
    if (answer.value !== "" && !choices.has(answer.value)) {
      return refuse("unknown-answer", { item: id, answer: answer.value });
    }
  }
  return { record };
}

/** The message for a refusal. */
export function refusalText({ code, values, hint }: Refusal, translate: Translate): string {
  const allValues: Record<string, string | number> = { ...values };
  if (hint) allValues["detail"] = translate(`hints.${hint.key}`, hint.values);
  if (allValues["place"] === "") allValues["place"] = translate("hints.whole");
  return translate(`errors.${code}`, allValues);
}
