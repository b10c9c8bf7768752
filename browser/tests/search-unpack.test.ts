import assert from "node:assert/strict";
import { test } from "node:test";

import type { IndexFile } from "../search/index-file";
import { unpack, type PackedIndex } from "../search/unpack";

test("unpacking restores the packed index", () => {
  const index = {
    pages: [
      { path: "a.html", sections: [{ title: "A", text: "\u007f1\nonly here\n\u007f0" }, { title: "B" }] },
      { path: "b.html", sections: [{ title: "C", at: [0, 1] }] },
    ],
    lines: ["first line", "second 1 line"],
    ids: ["", "b", "c"],
    notes: ["\u007f0", "", "note"],
  } as unknown as PackedIndex;
  const expected = {
    pages: [
      {
        path: "a.html",
        sections: [
          { title: "A", text: "second 1 line\nonly here\nfirst line", notes: "first line" },
          { title: "B", id: "b" },
        ],
      },
      { path: "b.html", sections: [{ title: "C", at: [0, 1], id: "c", notes: "note" }] },
    ],
  } as unknown as IndexFile;
  assert.deepEqual(unpack(index), expected);
});
