import assert from "node:assert/strict";
import { test } from "node:test";

import { HANDOVER_MS, isHandover, packHandover, unpackHandover } from "../storage/tab-handover";
import { readRecord } from "../assessment/read-file";
import { recordOf } from "../assessment/record";
import { answer, sampleChecklist, sampleDraft } from "./sample";

const checklist = sampleChecklist();
const record = recordOf(sampleDraft({ course: answer("met", { note: "秘密" }) }), checklist);
const handover = { record, kept: false, savedDigest: "", savedAt: "" };
const packed = packHandover(handover, 1000) ?? "";

test("a packed handover is unpacked", () => {
  assert(isHandover(packed));
  assert.deepEqual(unpackHandover(packed, checklist, 1500, readRecord), handover);
});

test("foreign names, expired handovers and handovers from the future are not read", () => {
  for (const name of ["", "main", "tebiki-handover-1:", "tebiki-handover-1:null", "tebiki-handover-1:{}"]) {
    assert.equal(unpackHandover(name, checklist, 1500, readRecord), null, name);
  }
  assert.equal(unpackHandover(packed, checklist, 1001 + HANDOVER_MS, readRecord), null);
  assert.equal(unpackHandover(packed, checklist, 999, readRecord), null);
});

test("a handover is checked like a file", () => {
  const forged = packed.replace("秘密", "変えた");
  assert.equal(unpackHandover(forged, checklist, 1500, readRecord), null);
  const otherChecklist = sampleChecklist((pageData) => (pageData.checklist.id = "other-check"));
  assert.equal(unpackHandover(packed, otherChecklist, 1500, readRecord), null);
});

test("a record that could not be read back is not packed", () => {
  const long = recordOf(sampleDraft({ course: answer("met", { note: "あ".repeat(20_001) }) }), checklist);
  assert.equal(packHandover({ ...handover, record: long }, 1000), null);
});
