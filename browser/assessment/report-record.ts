// The record in a report that was saved as HTML: a block of JSON. Nothing else of such a file is read.
// Equals generator/tebiki/results/report_record.py.
import { REPORT_RECORD_ID } from "../build/shared-constants";

const OPENING = `<script type="application/json" id="${REPORT_RECORD_ID}">`;
const CLOSING = "</script>";

/** The element with the text of a record. No `<` in it can end it early. */
export function recordBlock(text: string): string {
  return `${OPENING}\n${text.replaceAll("<", "\\u003c")}${CLOSING}`;
}

/** Whether the bytes of a file are an HTML page. */
export function isHtml(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 100)); // without the byte order mark
  return /^\s*<(?:!doctype\s+html|html)\b/i.test(start);
}

/** The bytes of the record in the bytes of a report; undefined unless it holds exactly one. */
export function recordInReport(bytes: Uint8Array): Uint8Array | undefined {
  const blocks = new TextDecoder().decode(bytes).split(OPENING).slice(1);
  const [block = ""] = blocks;
  const end = block.indexOf(CLOSING);
  return blocks.length === 1 && end >= 0 ? new TextEncoder().encode(block.slice(0, end)) : undefined;
}
