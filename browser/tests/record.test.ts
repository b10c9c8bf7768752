import assert from "node:assert/strict";
import { test } from "node:test";

import { draftOf } from "../assessment/draft";
import { recordDigest } from "../assessment/digest";
import type { AssessmentRecord } from "../assessment/model";
import { readRecord } from "../assessment/read-file";
import { fileName, recordOf, recordText } from "../assessment/record";
import { answer, sampleChecklist, sampleDraft } from "./sample";

const checklist = sampleChecklist();
const full = sampleDraft(
  {
    course: answer("not-applicable", { justification: "対象外" }),
    "has-partner": answer("unmet", { note: "𠮷野\n😀 \u0000 <b>" }),
    "mou-review": answer("met"),
  },
  { label: "2026年度 第1回", orphans: new Map([["gone", answer("met")]]) },
);

test("the record has status, counts and digest, and is read back", () => {
  const record = recordOf(full, checklist);
  assert.equal(record.status, "complete");
  assert.deepEqual(record.computed, {
    total: { unmet: 1, "not-applicable": 1 },
    sections: { partners: { unmet: 1 }, training: { "not-applicable": 1 } },
  });
  const { record: read } = readRecord(new TextEncoder().encode(recordText(record)), checklist);
  assert.deepEqual(read, record);
});

test("a record without asked items is in progress", () => {
  const record = recordOf(sampleDraft({ course: answer("met") }), checklist);
  assert.equal(record.status, "in-progress");
  // has-partner and, since course is met, constructor
  assert.deepEqual(record.computed.total, { met: 1, unanswered: 2 });
});

test("saving, opening and saving again gives the same bytes", () => {
  const text = recordText(recordOf(full, checklist));
  const again = recordText(recordOf(draftOf(JSON.parse(text) as AssessmentRecord), checklist));
  assert.equal(again, text);
  assert(text.endsWith("}\n") && text.includes('\n  "format"'));
});

test("the order in which questions were answered has no effect", () => {
  const inOrder = sampleDraft({ course: answer("met"), "has-partner": answer("unmet") });
  const reversed = sampleDraft({ "has-partner": answer("unmet"), course: answer("met") });
  assert.equal(recordText(recordOf(inOrder, checklist)), recordText(recordOf(reversed, checklist)));
});

test("an item called constructor or __proto__ is treated like other items", () => {
  const record = recordOf(
    sampleDraft({ constructor: answer("met") }, { orphans: new Map([["__proto__", answer("met")]]) }),
    checklist,
  );
  assert(Object.hasOwn(record.answers, "constructor") && Object.hasOwn(record.orphans, "__proto__"));
  assert.equal(Object.getPrototypeOf(record.orphans), Object.prototype);
});

test("the digest follows RFC 8785: sorted members, canonical numbers and texts", () => {
  // Computed with PyPI rfc8785 0.1.4 and hashlib from the same record.
  assert.equal(
    recordDigest(recordOf(full, checklist)),
    "sha256:3298b9a31f3cd8f5481d5d3c93d0ab63f425d787e2cbb15160ebdd67954e964a",
  );
  const { digest, ...rest } = recordOf(full, checklist);
  const turned = Object.fromEntries(Object.entries(rest).reverse()) as Omit<AssessmentRecord, "digest">;
  assert.equal(recordDigest(turned), digest);
});

test("file names are safe on every common system", () => {
  const name = (label: string): string => fileName(recordOf({ ...full, label }, checklist));
  assert.equal(name("2026年度 第1回"), "sample-check_2026年度-第1回.json");
  assert.equal(name('../a\\b:c*?"<>|d'), "sample-check_a-b-c------d.json");
  assert.match(name(" .\u202e\u0000 "), /^sample-check_2026-11-2[0-2]\.json$/);
  assert(new TextEncoder().encode(name("研".repeat(500))).length < 255);
  assert.match(name("研".repeat(500)), /研\.json$/);
});
