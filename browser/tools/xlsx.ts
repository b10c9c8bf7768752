// Workbooks, in a bundle of their own: loaded when one is asked for or opened.
import { readXlsx } from "./xlsx-read";
import { cellText, xlsxBytes } from "../assessment/xlsx-write";

const workbooks = { readXlsx, xlsxBytes, cellText };

export type Workbooks = typeof workbooks;

declare global {
  var tebikiWorkbooks: Workbooks | undefined;
}

globalThis.tebikiWorkbooks = workbooks;
