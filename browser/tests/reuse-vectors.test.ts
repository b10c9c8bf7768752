// tests/vectors/reuse.json: what an assessment of another checklist offers to a question.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { newDraft, withAnswer } from "../assessment/draft";
import type { AnswerChange } from "../assessment/draft";
import type { Answer, Checklist, ChecklistPageData, Item } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import type { Left } from "../assessment/reuse";
import { proposalFor } from "../assessment/reuse";
import { ID, NOW } from "./sample";

interface Case {
  name: string;
  item: string;
  answers: Record<string, Answer>;
  before?: Answer;
  /** Empty when nothing is offered. */
  expected: { change?: AnswerChange; origins?: string[]; left?: Left[] };
}

const { page, cases } = JSON.parse(readFileSync("../tests/vectors/reuse.json", "utf8")) as {
  page: ChecklistPageData;
  cases: Case[];
};
const checklist = checklistOf(page);
const other = checklist.others[0] as Checklist;

for (const { name, item: id, answers, before, expected } of cases) {
  test(name, () => {
    const item = checklist.items.get(id) as Item;
    const draft = { ...newDraft(other, ID, NOW), answers: new Map(Object.entries(answers)) };
    let rows = 0;
    const newId = (): string => {
      rows += 1;
      return `row-${rows}`;
    };
    const proposal = proposalFor(item, checklist, new Map([["other", { checklist: other, draft }]]), before, newId);
    const { change, origins, left } = proposal ?? {};
    const names = origins?.map((origin) => origin.item.id);
    const actual = { ...(change && { change }), ...(names && { origins: names }), ...(left && { left }) };
    assert.deepEqual(actual, expected);
    if (change) {
      const after = withAnswer(newDraft(checklist, ID, NOW), item, change, checklist, NOW);
      assert.equal(after.answers.get(id)?.rev, item.rev);
    }
  });
}
