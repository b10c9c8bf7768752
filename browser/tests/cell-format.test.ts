// Numbers of cells as text, by their number format and date system.
import assert from "node:assert/strict";
import { test } from "node:test";

import { numberKind, numberText } from "../assessment/cell-format";

test("what a number format shows", () => {
  const kinds: [code: string, kind: string][] = [
    ["General", "number"],
    ["0.00", "number"],
    ["#,##0;[Red]-#,##0", "number"],
    ["0.00E+00", "number"],
    ['"yd"0', "number"],
    ["\\y0", "number"],
    ["@", "number"],
    ["0%", "percent"],
    ["yyyy/m/d", "date"],
    ["[$-411]ggge年m月d日", "date"],
    ['m"月"d"日"', "date"],
    ["[$-F800]dddd, mmmm dd, yyyy", "date"],
    ["mmm", "date"],
    ["yyyy/m/d h:mm", "date-time"],
    ["h:mm;@", "time"],
    ["[$-F400]h:mm:ss AM/PM", "time"],
    ["[h]:mm", "duration"],
  ];
  for (const [code, kind] of kinds) assert.equal(numberKind(200, code), kind, code);
  assert.deepEqual(
    [0, 1, 9, 14, 20, 22, 31, 46, 49].map((id) => numberKind(id)),
    ["number", "number", "percent", "date", "time", "date-time", "date", "duration", "number"],
  );
});

test("dates in both systems, and dates that do not exist", () => {
  const date = (value: string, date1904 = false): string | undefined => numberText(value, "date", date1904);
  assert.equal(date("46113"), "2026-04-01");
  assert.equal(date("44651", true), "2026-04-01");
  assert.equal(date("0", true), "1904-01-01");
  assert.deepEqual(
    ["1", "59", "61", "2958465"].map((day) => date(day)),
    ["1900-01-01", "1900-02-28", "1900-03-01", "9999-12-31"],
  );
  for (const value of ["0", "60", "-1", "2958466", "1e9"]) assert.equal(date(value), undefined, value);
});

test("times, shares and numbers", () => {
  assert.equal(numberText("46113.395833333336", "date-time", false), "2026-04-01 09:30");
  assert.equal(numberText("0.39583333333333331", "time", false), "09:30");
  assert.equal(numberText("0.9999999", "time", false), "00:00");
  assert.equal(numberText("1.0625", "duration", false), "25:30");
  assert.equal(numberText("0.5", "percent", false), "50%");
  assert.equal(numberText("0.28999999999999998", "percent", false), "29%");
  assert.equal(numberText("0.30000000000000004", "number", false), "0.3");
  assert.equal(numberText("25", "number", false), "25");
  assert.equal(numberText("1E+21", "number", false), "1000000000000000000000");
  assert.equal(numberText("", "date", false), "");
});
