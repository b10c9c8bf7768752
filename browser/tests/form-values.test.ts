// What an assessment puts into forms, with the test vectors of the Python code (tests/vectors/make_form_values.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { draftOf } from "../assessment/draft";
import type { FormMapping } from "../assessment/form-values";
import { formValues } from "../assessment/form-values";
import type { AssessmentRecord, ChecklistPageData } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import type { ToolWords } from "../tools/words";

interface Case {
  mapping: FormMapping;
  record: AssessmentRecord;
  documents: unknown;
  unconfirmed: readonly string[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(`../tests/vectors/${name}`, "utf8"));
const checklist = checklistOf(read("page-data.json") as ChecklistPageData);
const kinds = new Map((read("joined.json") as { words: ToolWords }).words.kinds);
const cases = read("form-values.json") as Case[];

test("forms get the same texts as in Python", () => {
  assert(cases.length > 0);
  for (const { mapping, record, documents, unconfirmed } of cases) {
    const values = formValues(draftOf(record), checklist, mapping, kinds);
    const plain = values.documents.map(({ texts, rows, numbers }) => ({
      texts: Object.fromEntries(texts),
      rows: Object.fromEntries([...rows].map(([id, list]) => [id, list.map((row) => Object.fromEntries(row))])),
      numbers: [...numbers].sort(),
    }));
    assert.deepEqual(plain, documents);
    assert.deepEqual(values.unconfirmed, unconfirmed);
  }
});

test("some cases have several documents, and some an answer to confirm", () => {
  assert(cases.some(({ documents }) => (documents as unknown[]).length > 1));
  assert(cases.some(({ unconfirmed }) => unconfirmed.length > 0));
});
