import assert from "node:assert/strict";
import { test } from "node:test";

import { migrateDraft, needsAttention } from "../assessment/migrate";
import { recordOf } from "../assessment/record";
import type { Item } from "../assessment/model";
import { answer, laterChecklist, NOW, sampleChecklist, sampleDraft } from "./sample";

const answers = {
  "has-partner": answer("met"),
  "mou-archive": answer("met", { note: "keep me" }),
  course: answer("partial"),
  "never-heard-of": answer("met"),
};
const draft = sampleDraft(answers, { orphans: new Map([["old-course", answer("unmet")]]) });

test("a draft of the same checklist does not change", () => {
  const current = sampleDraft({ course: answer("met") });
  const { draft: same, report } = migrateDraft(current, sampleChecklist());
  assert.equal(same, current);
  assert.equal(needsAttention(report), false);
});

test("migrating to a newer checklist drops no answer and reports what became of each", () => {
  const { draft: fitted, report } = migrateDraft(draft, laterChecklist());
  assert.deepEqual([...fitted.answers.keys()].sort(), ["course", "has-partner", "old-course"]);
  assert.deepEqual([...fitted.orphans.keys()].sort(), ["mou-archive", "never-heard-of"]);
  assert.deepEqual(report, {
    otherVersion: "1.0.0",
    kept: ["has-partner", "old-course"],
    changed: ["course"],
    unanswered: ["mou-review", "constructor"],
    setAside: ["mou-archive", "never-heard-of"],
    restored: ["old-course"],
    moved: [],
    split: [],
    merged: [],
  });
  assert.equal(fitted.answers.get("course")?.rev, 1, "not confirmed by us");
  assert.equal(fitted.checklist.version, "1.1.0");
  assert.equal(fitted.updated, NOW);
});

test("migrating to another version and back loses nothing", () => {
  const migrated = migrateDraft(draft, laterChecklist()).draft;
  const back = migrateDraft(migrated, sampleChecklist()).draft;
  assert.deepEqual(new Map([...back.answers, ...back.orphans]), new Map([...draft.answers, ...draft.orphans]));
});

test("migrating twice equals migrating once", () => {
  const later = laterChecklist();
  const once = migrateDraft(draft, later).draft;
  assert.equal(recordOf(migrateDraft(once, later).draft, later).digest, recordOf(once, later).digest);
});

test("an orphan does not replace an answer, and an orphan with an unknown value stays an orphan", () => {
  const twice = sampleDraft(
    { course: answer("met") },
    {
      orphans: new Map([
        ["course", answer("unmet")],
        ["has-partner", answer("yes")],
      ]),
    },
  );
  const { draft: fitted } = migrateDraft(twice, sampleChecklist());
  assert.equal(fitted.answers.get("course")?.value, "met");
  assert.deepEqual([...fitted.orphans.keys()], ["course", "has-partner"]);
});

test("answers move to the items that replace theirs, and split or merged answers have to be confirmed", () => {
  const later = sampleChecklist(({ checklist }) => {
    checklist.version = "1.1.0";
    checklist.digest = `sha256:${"1".repeat(64)}`;
    const [partners, training] = checklist.sections;
    if (!partners || !training) return;
    const make = (id: string, rev: number, replaces: string[]) => ({
      ...(training.items[0] as Item),
      id,
      rev,
      replaces,
      when: null,
    });
    partners.items = [
      make("partner-known", 1, ["has-partner"]),
      make("mou-signed", 2, ["mou-archive"]),
      make("mou-kept", 2, ["mou-archive"]),
    ];
    training.items = [make("all-courses", 2, ["course", "old-course"])];
  });
  const { draft: fitted, report } = migrateDraft(draft, later);
  assert.deepEqual(report.moved, [{ origins: ["has-partner"], to: "partner-known" }]);
  assert.deepEqual(report.split, [
    { origins: ["mou-archive"], to: "mou-signed" },
    { origins: ["mou-archive"], to: "mou-kept" },
  ]);
  assert.deepEqual(report.merged, [{ origins: ["course", "old-course"], to: "all-courses" }]);
  assert.deepEqual(report.changed, ["mou-signed", "mou-kept", "all-courses"]);
  assert.equal(fitted.answers.get("mou-kept")?.note, "keep me");
  assert.equal(fitted.answers.get("all-courses")?.value, "", "they do not agree");
  assert.deepEqual([...fitted.orphans.keys()].sort(), ["course", "mou-archive", "never-heard-of", "old-course"]);
});

test("an orphan does not replace an older orphan of the same item", () => {
  const twice = sampleDraft({ "mou-archive": answer("met") }, { orphans: new Map([["mou-archive", answer("unmet")]]) });
  const { draft: fitted } = migrateDraft(twice, laterChecklist());
  assert.deepEqual(
    [...fitted.orphans].map(([id, orphan]) => [id, orphan.value]),
    [
      ["mou-archive", "met"],
      ["mou-archive-earlier-1", "unmet"],
    ],
  );
});
