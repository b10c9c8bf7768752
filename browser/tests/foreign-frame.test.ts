import assert from "node:assert/strict";
import { test } from "node:test";

import { isInForeignFrame } from "../form/foreign-frame";

interface Frame {
  location: { origin: string };
  parent: Frame;
}

/** A window with the pages around it, the outermost first; `null` is one that the browser lets nobody look into. */
function framed(...origins: (string | null)[]): Window {
  let outer: Frame | undefined;
  for (const origin of origins) {
    const frame = {
      get location() {
        if (origin === null) throw new DOMException("Blocked a frame", "SecurityError");
        return { origin };
      },
    } as Frame;
    frame.parent = outer ?? frame;
    outer = frame;
  }
  return outer as unknown as Window;
}

const OWN = "https://library.example.org";

test("a page that is in no frame, or in frames of its own site", () => {
  assert.equal(isInForeignFrame(framed(OWN)), false);
  assert.equal(isInForeignFrame(framed(OWN, OWN)), false);
  assert.equal(isInForeignFrame(framed(OWN, OWN, OWN)), false);
});

test("a page that another site shows, directly or around a page of its own site", () => {
  assert.equal(isInForeignFrame(framed(null, OWN)), true);
  assert.equal(isInForeignFrame(framed(null, OWN, OWN)), true);
  assert.equal(isInForeignFrame(framed("https://evil.example", OWN)), true);
  assert.equal(isInForeignFrame(framed(OWN, null, OWN)), true);
});
