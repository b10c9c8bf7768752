import assert from "node:assert/strict";
import { test } from "node:test";

import { readRecord } from "../assessment/read-file";
import { recordOf } from "../assessment/record";
import { isSamePage, takeHandover } from "../form/page-lifecycle";
import { packHandover, unpackHandover } from "../storage/tab-handover";
import { answer, sampleChecklist, sampleDraft } from "./sample";

test("a handover is only made to the same page in another language", () => {
  assert(isSamePage("/ja/self-check/researcher.html", "/en/self-check/researcher.html"));
  assert(isSamePage("/self-check/researcher/", "/en/self-check/researcher/index.html"));
  assert(!isSamePage("/en/self-check/institution.html", "/ja/self-check/researcher.html"));
  assert(!isSamePage("/en/", "/ja/self-check/researcher/"));
  assert(!isSamePage("/", "/"));
});

test("what was handed over stays in the tab until what reads it is loaded", async () => {
  const checklist = sampleChecklist();
  const record = recordOf(sampleDraft({ course: answer("met") }), checklist);
  const name = packHandover({ record, kept: false, savedDigest: "", savedAt: "" }, Date.now()) ?? "";
  const tab = { name };
  await assert.rejects(takeHandover(tab, checklist, () => Promise.reject(new Error("offline"))));
  assert.equal(tab.name, name);
  const handover = await takeHandover(tab, checklist, () => Promise.resolve({ readRecord, unpackHandover }));
  assert.equal(handover?.entry.draft.answers.get("course")?.value, "met");
  assert.equal(handover?.kept, false);
  assert.equal(tab.name, "");
});

test("the name of a tab that is no handover is left alone", async () => {
  const tab = { name: "main" };
  assert.equal(await takeHandover(tab, sampleChecklist(), () => Promise.reject(new Error("not asked for"))), undefined);
  assert.equal(tab.name, "main");
});
