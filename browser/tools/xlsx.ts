// Workbooks, in a bundle of their own: loaded when one is asked for or opened.
import { readXlsx } from "./xlsx-read";
import { cellText, CELL_LIMIT, xlsxBytes } from "../assessment/xlsx-write";

const workbooks = { readXlsx, xlsxBytes, cellText, CELL_LIMIT };

export type Workbooks = typeof workbooks;

declare global {
  var tebikiWorkbooks: Workbooks | undefined;
}

globalThis.tebikiWorkbooks = workbooks;
