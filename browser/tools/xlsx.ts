// The bundle for workbooks, loaded when a workbook is opened or saved.
import { exceededLimit, readXlsx } from "./xlsx-read";
import { cellText, xlsxBytes } from "../assessment/xlsx-write";

const workbooks = { readXlsx, exceededLimit, xlsxBytes, cellText };

export type Workbooks = typeof workbooks;

declare global {
  var tebikiWorkbooks: Workbooks | undefined;
}

globalThis.tebikiWorkbooks = workbooks;
