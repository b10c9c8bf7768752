// The test vectors of the Python code: tests/vectors/migration.json, or the file in TEBIKI_VECTORS
// (tests/property/test_migration.py writes many more).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { recordDigest } from "../assessment/digest";
import { draftOf } from "../assessment/draft";
import type { MigrationReport } from "../assessment/migrate";
import { migrateDraft, needsAttention } from "../assessment/migrate";
import type { Answer, AnswerChoice, AssessmentRecord, Checklist, Section } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { recordOf, recordText } from "../assessment/record";
import { isUpToDate } from "../assessment/up-to-date";

interface Version {
  version: string;
  digest: string;
  sections: Section[];
  answers: AnswerChoice[];
}

interface Case {
  versions: Version[];
  record: AssessmentRecord;
  steps: { to: number; record: AssessmentRecord; report: MigrationReport }[];
}

function read(version: Version): Checklist {
  const { digest, sections, answers } = version;
  return checklistOf({
    handbook: { id: "vectors", version: "1.0.0" },
    lang: "ja",
    checklist: { id: "vectors", version: version.version, digest, title: "vectors", sections },
    answers,
    sets: {},
    strings: {},
  });
}

const cases = JSON.parse(
  readFileSync(process.env["TEBIKI_VECTORS"] ?? "../tests/vectors/migration.json", "utf8"),
) as Case[];

test("there are vectors", () => assert(cases.length > 0));

test("digest, figures and layout equal those of Python", () => {
  for (const { versions, record } of cases) {
    const again = recordOf(draftOf(record), read(versions[0] as Version));
    assert.equal(recordDigest(record), record.digest);
    assert.equal(recordText(again), recordText(record));
  }
});

test("a migration gives the same record and the same report as Python", () => {
  for (const { versions, record, steps } of cases) {
    let now = record;
    for (const step of steps) {
      const checklist = read(versions[step.to] as Version);
      const { draft, report } = migrateDraft(draftOf(now), checklist);
      now = recordOf(draft, checklist);
      assert.deepEqual(report, step.report);
      assert.equal(recordText(now), recordText(step.record));
    }
  }
});

test("a draft is up to date exactly if its migration would change and report nothing", () => {
  for (const { versions, steps } of cases)
    for (const step of steps) {
      const checklist = read(versions[step.to] as Version);
      const draft = draftOf(step.record);
      const confirmed = [...draft.answers].map(
        ([id, answer]) => [id, { ...answer, rev: checklist.items.get(id)?.rev ?? 0 }] as const,
      );
      const current = { ...draft, answers: new Map(confirmed), orphans: new Map<string, Answer>() };
      for (const given of [draft, current, { ...draft, orphans: current.orphans }]) {
        const migrated = migrateDraft(given, checklist);
        const isSame = migrated.draft === given && !needsAttention(migrated.report);
        assert.equal(isUpToDate(given, checklist), isSame && given.orphans.size === 0);
      }
      assert(isUpToDate(current, checklist));
    }
});
