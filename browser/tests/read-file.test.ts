import assert from "node:assert/strict";
import { test } from "node:test";

import { recordDigest } from "../assessment/digest";
import type { AssessmentRecord } from "../assessment/model";
import { MAX_RESULT_BYTES } from "../build/shared-constants";
import { readRecord } from "../assessment/read-file";
import { recordOf, recordText } from "../assessment/record";
import { recordBlock } from "../assessment/report-record";
import { answer, sampleChecklist, sampleDraft } from "./sample";

const checklist = sampleChecklist();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads a valid record after a change; the digest is updated to match. */
// biome-ignore lint/suspicious/noExplicitAny: the changes violate the type of a record
function readAfter(change: (record: Record<string, any>) => void, refit = true): string {
  const draft = sampleDraft({ course: answer("met", { note: "メモ" }) });
  const record = JSON.parse(JSON.stringify(recordOf(draft, checklist))) as AssessmentRecord;
  change(record);
  if (refit) record.digest = recordDigest(record);
  const { refusal } = readRecord(bytes(JSON.stringify(record)), checklist);
  return refusal
    ? [refusal.code, refusal.values["place"], refusal.hint?.key].filter((part) => part !== undefined).join(" ")
    : "read";
}

test("a valid record is read, with or without a byte order mark", () => {
  assert.equal(
    readAfter(() => undefined),
    "read",
  );
  const text = JSON.stringify(recordOf(sampleDraft({}), checklist));
  assert(readRecord(bytes(`\ufeff${text}`), checklist).record);
});

test("invalid and ambiguous JSON is refused as not-json", () => {
  const good = JSON.stringify(recordOf(sampleDraft({}), checklist));
  const bad = [
    bytes(""),
    bytes("{"),
    bytes("[".repeat(100_000)),
    new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]), // UTF-16
    new Uint8Array([0x22, 0xc3, 0x28, 0x22]), // broken UTF-8
    bytes(good.replace('"status":', '"status":"complete","status":')),
    bytes(good.replace('"status":', '"st\\u0061tus":"complete","status":')),
    bytes(good.replace('"label":""', '"label":"\\ud800"')),
  ];
  for (const bytes of bad) assert.equal(readRecord(bytes, checklist).refusal?.code, "not-json");
});

test("a report is read by its record alone, and refused when that was edited", () => {
  const draft = sampleDraft({ course: answer("met", { note: "</script><!-- & メモ" }) });
  const record = recordOf(draft, checklist);
  const block = recordBlock(recordText(record));
  const page = (content: string): Uint8Array => bytes(`\ufeff<!DOCTYPE html>\n<html><p>unmet</p>${content}</html>`);
  assert.deepEqual(readRecord(page(block), checklist).record, record);
  const codeOf = (content: string): string | undefined => readRecord(page(content), checklist).refusal?.code;
  assert.equal(codeOf(block.replace('"met"', '"unmet"')), "wrong-digest");
  for (const content of ["", block + block, block.slice(0, -9)]) assert.equal(codeOf(content), "no-record");
  assert.equal(codeOf(recordBlock("[]")), "wrong-format");
  assert.equal(codeOf(recordBlock(`"${"x".repeat(MAX_RESULT_BYTES)}"`)), "too-large");
});

test("equal names in different objects and in texts are no duplicates", () => {
  const draft = sampleDraft({
    course: answer("met", { note: '{"a":1,"a":2}', evidence: '\\"' }),
    constructor: answer("met"),
  });
  assert(readRecord(bytes(JSON.stringify(recordOf(draft, checklist), null, 2)), checklist).record);
});

test("a file over the limit is refused before it is parsed", () => {
  assert.equal(readRecord(new Uint8Array(MAX_RESULT_BYTES + 1), checklist).refusal?.code, "too-large");
});

test("other files and newer formats are distinguished from damaged files", () => {
  for (const text of [
    "null",
    "[]",
    "1",
    '"x"',
    "{}",
    '{"format":"x"}',
    '{"__proto__":{"format":"tebiki-assessment-result"}}',
  ]) {
    assert.equal(readRecord(bytes(text), checklist).refusal?.code, "wrong-format", text);
  }
  assert.equal(
    readAfter((record) => (record["format_version"] = "2.0.0")),
    "newer-version",
  );
  assert.equal(
    readAfter((record) => (record["format_version"] = "1.9.0")),
    "read",
  );
  assert.equal(
    readAfter((record) => (record["format_version"] = "0.9.0")),
    "schema format_version value",
  );
  assert.equal(
    readAfter((record) => (record["format_version"] = 2)),
    "schema format_version type",
  );
});

test("schema errors have the path and the hint", () => {
  assert.equal(
    readAfter((record) => delete record["answers"]),
    "schema  required",
  );
  assert.equal(
    readAfter((record) => (record["extra"] = 1)),
    "schema  additional",
  );
  assert.equal(
    readAfter((record) => (record["answers"]["course"]["rev"] = "1")),
    "schema answers/course/rev type",
  );
  assert.equal(
    readAfter((record) => (record["answers"]["course"]["rev"] = 0)),
    "schema answers/course/rev value",
  );
  assert.equal(
    readAfter((record) => (record["answers"]["course!"] = answer("met"))),
    "schema answers/course! name",
  );
  assert.equal(
    readAfter((record) => (record["answers"]["course"]["note"] = "あ".repeat(20_001))),
    "schema answers/course/note too-much",
  );
  assert.equal(
    readAfter((record) => (record["risks"] = [1])),
    "schema risks too-much",
  );
});

test("malicious names are refused or have no effect", () => {
  const text = JSON.stringify(recordOf(sampleDraft({ course: answer("met") }), checklist));
  const proto = text.replace('"answers":{', `"answers":{"__proto__":${JSON.stringify(answer("met"))},`);
  assert.equal(readRecord(bytes(proto), checklist).refusal?.code, "schema");
  assert.equal(
    readAfter((record) => (record["answers"]["constructor"] = answer("met"))),
    "read",
  );
  assert.equal(
    readAfter((record) => (record["answers"]["course"]["value"] = "constructor")),
    "unknown-answer",
  );
  const { refusal } = readRecord(
    bytes(`{"format":"tebiki-assessment-result","${"x".repeat(500)}\\u202e":1}`),
    checklist,
  );
  assert(JSON.stringify(refusal).length < 300, "names from the file are cut short");
});

test("the record must be for this checklist", () => {
  assert.equal(
    readAfter((record) => (record["checklist"]["id"] = "other-check")),
    "other-checklist",
  );
  assert.equal(
    readAfter((record) => {
      record["checklist"]["id"] = "other-check";
      record["handbook"]["id"] = "other-handbook";
    }),
    "unknown-checklist",
  );
});

test("the digest detects any change after saving", () => {
  assert.equal(
    readAfter((record) => (record["answers"]["course"]["note"] = "x"), false),
    "wrong-digest",
  );
  assert.equal(
    readAfter((record) => (record["computed"]["total"]["met"] = 9), false),
    "wrong-digest",
  );
});

test("computed figures are not trusted: wrong figures with a valid digest have no effect", () => {
  assert.equal(
    readAfter((record) => (record["computed"]["total"]["met"] = 9)),
    "read",
  );
});

test("an answer outside the answer set is refused, an empty one is not", () => {
  assert.equal(
    readAfter((record) => (record["answers"]["course"]["value"] = "yes")),
    "unknown-answer",
  );
  assert.equal(
    readAfter((record) => (record["answers"]["course"]["value"] = "")),
    "read",
  );
});
