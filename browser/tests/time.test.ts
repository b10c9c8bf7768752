// Times in reports. Python is tested with the same vectors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { formatTime, reportTime } from "../shared/time";

const vectors = JSON.parse(readFileSync("../tests/vectors/local-times.json", "utf8")) as {
  zone: string;
  time: string;
  text: string;
}[];

test("reports show local time with its offset", () => {
  const { TZ = "UTC" } = process.env;
  try {
    for (const { zone, time, text } of vectors) {
      process.env["TZ"] = zone;
      assert.equal(reportTime(time), text, zone);
    }
  } finally {
    process.env["TZ"] = TZ;
  }
});

test("seconds are shown when they are asked for", () => {
  const [first, second] = ["2026-11-29T00:09:10Z", "2026-11-29T00:09:50Z"];
  assert.equal(formatTime(first, "ja"), formatTime(second, "ja"));
  assert.notEqual(formatTime(first, "ja", "medium"), formatTime(second, "ja", "medium"));
});
