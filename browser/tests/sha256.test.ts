// SHA-256 against that of Node.js, and the examples of FIPS 180-4.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";

import { sha256 } from "../assessment/sha256";

const expected = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test("the examples of FIPS 180-4", () => {
  const hash = (text: string): string => sha256(new TextEncoder().encode(text));
  assert.equal(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(
    hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  );
});

test("every length of the last block", () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, index) => (index * 151 + 7) % 256);
  for (let length = 0; length <= bytes.length; length += 1)
    assert.equal(sha256(bytes.subarray(0, length)), expected(bytes.subarray(0, length)), String(length));
});

test("any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => sha256(bytes) === expected(bytes)));
});
