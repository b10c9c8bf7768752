// Writes workbooks (ECMA-376, SpreadsheetML) with text cells only. The cells equal those of
// generator/tebiki/results/xlsx.py.
//
// Existing libraries compress in a worker, which the policy of the pages forbids, or write the current time.
import { strToU8, zipSync } from "fflate";

export interface Sheet {
  name: string;
  /** The heading and the rows; no row is longer than the heading. */
  rows: readonly (readonly string[])[];
  /** Widths of the columns, in characters. */
  widths: readonly number[];
}

const NOT_XML = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** Time of each file in the archive: fixed, so that the same data gives the same bytes. */
const NO_TIME = new Date(2000, 0, 1);
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EAF6"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** A text for a cell: characters that XML cannot represent become U+FFFD. */
export function cellText(text: string): string {
  return text.replace(NOT_XML, "\uFFFD");
}

/** Text escaped for XML. Spreadsheets read _x000D_ as the character with that code (ECMA-376, 22.9.2.19). */
function escapeXml(text: string): string {
  const coded = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").replaceAll("\r", "_x000D_");
  return coded.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The letters of a column, counted from 0: A, B, … Z, AA. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnLetters(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

function sheetXml({ rows, widths }: Sheet): string {
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  const lines = rows.map((row, index) => {
    const style = index === 0 ? 1 : 2;
    const cells = row.map((text, column) => {
      const attributes = `r="${columnLetters(column)}${index + 1}" s="${style}"`;
      if (text === "") return `<c ${attributes}/>`;
      return `<c ${attributes} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cellText(text))}</t></is></c>`;
    });
    return `<row r="${index + 1}">${cells.join("")}</row>`;
  });
  const view =
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>';
  return `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>${view}</sheetViews><cols>${columns}</cols><sheetData>${lines.join("")}</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
}

/** The bytes of an XLSX file. All cells are written as texts, never as formulas or links. */
export function xlsxBytes(sheets: readonly Sheet[]): Uint8Array<ArrayBuffer> {
  const numbers = sheets.map((_sheet, index) => index + 1);
  const part = (name: string, type: string): string =>
    `<Override PartName="/xl/${name}" ContentType="${TYPE}.${type}+xml"/>`;
  const parts = [
    part("workbook.xml", "sheet.main"),
    part("styles.xml", "styles"),
    ...numbers.map((index) => part(`worksheets/sheet${index}.xml`, "worksheet")),
  ];
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const relations = (list: readonly string[]): string =>
    `<Relationships xmlns="${PACKAGE}/relationships">${list.join("")}</Relationships>`;
  const names = sheets.map(
    ({ name }, index) =>
      `<sheet name="${escapeXml(name.slice(0, 31))}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const files: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join("")}</Types>`,
    "_rels/.rels": relations([relation("rId1", "officeDocument", "xl/workbook.xml")]),
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...numbers.map((index) => relation(`rId${index}`, "worksheet", `worksheets/sheet${index}.xml`)),
      relation("rIdStyles", "styles", "styles.xml"),
    ]),
    "xl/styles.xml": STYLES,
  };
  for (const [index, sheet] of sheets.entries()) files[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet);
  const encoded = Object.entries(files).map(([name, text]) => [name, strToU8(HEAD + text)]);
  return zipSync(Object.fromEntries(encoded), { mtime: NO_TIME }) as Uint8Array<ArrayBuffer>;
}
