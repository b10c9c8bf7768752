import assert from "node:assert/strict";
import { test } from "node:test";

import { readFragment, type Selection, writeFragment } from "../compare/selection";

const all: Selection = { rows: new Set(["fi", "sg", "jp"]), columns: new Set(["lending", "noise"]) };
const plain = (view: Selection | null) => view && { rows: [...view.rows], columns: [...view.columns] };

test("a selection is written to the address and read back", () => {
  const view: Selection = { rows: new Set(["jp", "fi"]), columns: new Set(["noise"]) };
  assert.equal(writeFragment(view, all), "#rows=fi,jp&columns=noise");
  assert.deepEqual(plain(readFragment("#rows=fi,jp&columns=noise", all)), { rows: ["fi", "jp"], columns: ["noise"] });
});

test("selecting everything needs no fragment", () => {
  assert.equal(writeFragment(all, all), "");
});

test("the anchor of a heading is no selection", () => {
  assert.equal(readFragment("#country-us", all), null);
  assert.equal(readFragment("", all), null);
});

test("unknown names are ignored, and an axis without known names is shown completely", () => {
  assert.deepEqual(plain(readFragment("#rows=sg,atlantis", all)), { rows: ["sg"], columns: ["lending", "noise"] });
  assert.deepEqual(plain(readFragment("#rows=atlantis&columns=", all)), {
    rows: ["fi", "sg", "jp"],
    columns: ["lending", "noise"],
  });
});
