// Unpacking a workbook within limits, whatever the archive says about itself.
import assert from "node:assert/strict";
import { test } from "node:test";

import { strToU8, zipSync } from "fflate";

import { Steps, unpackParts, WorkbookLimitError } from "../assessment/xlsx-parts";

const ALL = /./;
const zip = (parts: Record<string, Uint8Array>): Uint8Array => zipSync(parts, { level: 9 });
const exceeds = (limit: string) => (error: unknown) => error instanceof WorkbookLimitError && error.limit === limit;

test("needed parts are unpacked, stored or deflated", async () => {
  const bytes = zipSync({
    "a.xml": strToU8("あ".repeat(5_000)),
    "b.xml": [strToU8("b"), { level: 0 }],
    "c.png": strToU8("c"),
  });
  const parts = await unpackParts(bytes, /xml$/, new Steps());
  assert.deepEqual([...parts.keys()], ["a.xml", "b.xml"]);
  assert.equal(new TextDecoder().decode(parts.get("a.xml")), "あ".repeat(5_000));
  assert.equal(new TextDecoder().decode(parts.get("b.xml")), "b");
});

test("an archive that unpacks to many times its size is refused, also if it states a small size", async () => {
  const bytes = zip({ "a.xml": new Uint8Array(30_000_000) });
  await assert.rejects(unpackParts(bytes, ALL, new Steps()), exceeds("ratio"));
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 4; at += 1) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 10, true); // the size in the local header
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true); // and in the directory
  }
  await assert.rejects(unpackParts(bytes, ALL, new Steps()));
});

test("too many parts, a part that occurs twice, and a broken archive are refused", async () => {
  const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`${index}.xml`, strToU8("")]));
  await assert.rejects(unpackParts(zip(many), ALL, new Steps()), exceeds("parts"));
  const twice = zip({ "a.xml": strToU8("a"), "b.xml": strToU8("b") }).map((byte) => (byte === 0x62 ? 0x61 : byte));
  await assert.rejects(unpackParts(twice, ALL, new Steps()), /occurs twice/);
  const broken = zip({ "a.xml": strToU8("a".repeat(100)) });
  broken.fill(0xff, 35, 38);
  await assert.rejects(unpackParts(broken, ALL, new Steps()));
});
