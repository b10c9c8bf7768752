import assert from "node:assert/strict";
import { test } from "node:test";

import { readFragment, type Selection, writeFragment } from "../compare/selection";

const all: Selection = { rows: new Set(["fi", "sg", "jp"]), columns: new Set(["lending", "noise"]) };
const plain = (view: Selection | null) => view && { rows: [...view.rows], columns: [...view.columns] };

test("a view survives the way through the address", () => {
  const view: Selection = { rows: new Set(["jp", "fi"]), columns: new Set(["noise"]) };
  assert.equal(writeFragment(view, all), "#rows=fi,jp&columns=noise");
  assert.deepEqual(plain(readFragment("#rows=fi,jp&columns=noise", all)), { rows: ["fi", "jp"], columns: ["noise"] });
});

test("all of it needs no fragment", () => {
  assert.equal(writeFragment(all, all), "");
});

test("the fragment of a heading is no view", () => {
  assert.equal(readFragment("#country-us", all), null);
  assert.equal(readFragment("", all), null);
});

test("unknown names are passed over, and an axis of which nothing is known is shown whole", () => {
  assert.deepEqual(plain(readFragment("#rows=sg,atlantis", all)), { rows: ["sg"], columns: ["lending", "noise"] });
  assert.deepEqual(plain(readFragment("#rows=atlantis&columns=", all)), {
    rows: ["fi", "sg", "jp"],
    columns: ["lending", "noise"],
  });
});
