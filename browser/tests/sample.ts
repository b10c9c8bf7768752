// A small checklist with all features of the form: conditions, a retired item, "not applicable".
import type { Answer, Checklist, ChecklistPageData, Item } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import type { Draft } from "../assessment/model";
import { newDraft } from "../assessment/draft";

export const NOW = "2026-11-21T09:30:00.000Z";
export const ID = "0b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11";

function item(id: string, more: Partial<Item> = {}): Item {
  return {
    id,
    rev: 1,
    status: "active",
    number: id,
    question: `${id}?`,
    na: true,
    evidence: "none",
    when: null,
    since: "1.0.0",
    ...more,
  };
}

/** The page data of the sample; `change` edits it, like a new version of the checklist. */
export function samplePageData(change: (pageData: ChecklistPageData) => void = () => undefined): ChecklistPageData {
  const pageData: ChecklistPageData = {
    handbook: { id: "sample-handbook", version: "0.1.0" },
    lang: "ja",
    checklist: {
      id: "sample-check",
      version: "1.0.0",
      digest: `sha256:${"0".repeat(64)}`,
      title: "見本",
      sections: [
        {
          id: "partners",
          title: "連携",
          items: [
            item("has-partner", { na: false }),
            item("mou-review", { when: { item: "has-partner", is: ["met", "partial"] } }),
            item("mou-archive", { when: { item: "mou-review", is: ["met"] } }),
          ],
        },
        {
          id: "training",
          title: "研修",
          items: [
            item("course"),
            item("old-course", { status: "retired" }),
            item("constructor", {
              when: {
                any: [
                  { item: "course", is: ["met"] },
                  {
                    all: [
                      { item: "has-partner", is: ["unknown"] },
                      { item: "mou-review", is: ["met"] },
                    ],
                  },
                ],
              },
            }),
          ],
        },
      ],
    },
    answers: [
      { id: "met", title: "実施している", role: "positive" },
      { id: "partial", title: "一部", role: "partial" },
      { id: "unmet", title: "していない", role: "negative" },
      { id: "unknown", title: "わからない", role: "open" },
      { id: "not-applicable", title: "該当しない", role: "excluded" },
    ],
    sets: {},
    strings: {},
  };
  change(pageData);
  return pageData;
}

export function sampleChecklist(change?: (pageData: ChecklistPageData) => void): Checklist {
  return checklistOf(samplePageData(change));
}

/** A later version of the sample: "course" is changed, "mou-archive" is retired, "old-course" is active again. */
export function laterChecklist(): Checklist {
  return sampleChecklist(({ checklist }) => {
    checklist.version = "1.1.0";
    checklist.digest = `sha256:${"1".repeat(64)}`;
    const items = new Map(checklist.sections.flatMap((section) => section.items).map((item) => [item.id, item]));
    Object.assign(items.get("course") as Item, { rev: 2 });
    Object.assign(items.get("mou-archive") as Item, { status: "retired" });
    Object.assign(items.get("old-course") as Item, { status: "active" });
  });
}

export function answer(value: string, more: Partial<Answer> = {}): Answer {
  return { rev: 1, value, note: "", evidence: "", justification: "", ...more };
}

export function sampleDraft(answers: Record<string, Answer>, more: Partial<Draft> = {}): Draft {
  return { ...newDraft(sampleChecklist(), ID, NOW), answers: new Map(Object.entries(answers)), ...more };
}
