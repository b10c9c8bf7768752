import assert from "node:assert/strict";
import { test } from "node:test";

import { isSamePage } from "../form/page-lifecycle";

test("a handover is only made to the same page in another language", () => {
  assert(isSamePage("/ja/self-check/researcher.html", "/en/self-check/researcher.html"));
  assert(isSamePage("/self-check/researcher/", "/en/self-check/researcher/index.html"));
  assert(!isSamePage("/en/self-check/institution.html", "/ja/self-check/researcher.html"));
  assert(!isSamePage("/en/", "/ja/self-check/researcher/"));
  assert(!isSamePage("/", "/"));
});
