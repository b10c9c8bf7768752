// The asked questions and their statuses, with the test vectors of the Python code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import type { Answer, ChecklistPageData } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import { answer } from "./sample";

interface Vector {
  case: string;
  answers: Record<string, Partial<Answer>>;
  standings: Record<string, string>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(`../tests/vectors/${name}`, "utf8"));
const checklist = checklistOf(read("page-data.json") as ChecklistPageData);

for (const { case: name, answers, standings } of read("assessment.json") as Vector[]) {
  test(name, () => {
    const drafted = Object.entries(answers).map(([item, part]) => [item, answer("", part)] as const);
    assert.deepEqual(Object.fromEntries(progressOf(checklist, new Map(drafted)).statuses), standings);
  });
}
