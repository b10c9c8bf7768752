// The XML of the parts of a Word or Excel file. Equals generator/tebiki/reading/office_xml.py.
import { strFromU8, strToU8 } from "fflate";

/** The namespaces of both programs, transitional and strict (ECMA-376). */
export const WORD: readonly string[] = [
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
  "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
export const EXCEL: readonly string[] = [
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  "http://purl.oclc.org/ooxml/spreadsheetml/main",
];
const XML = "http://www.w3.org/XML/1998/namespace";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The XML of a part. Throws when it has a document type or is not well-formed. */
export function parsePart(bytes: Uint8Array): Document {
  const text = strFromU8(bytes).replace(/^\uFEFF/, "");
  if (text.includes("<!DOCTYPE")) throw new Error("a form has no document type");
  const xml = new DOMParser().parseFromString(text, "application/xml");
  if (xml.getElementsByTagName("parsererror").length > 0) throw new Error("a part of the form is no XML");
  return xml;
}

export function serialize(xml: Document): Uint8Array {
  return strToU8(HEAD + new XMLSerializer().serializeToString(xml.documentElement));
}

/** The elements called `name` inside `root`, in order. */
export function elements(root: Document | Element, namespaces: readonly string[], name: string): Element[] {
  return [...root.getElementsByTagNameNS("*", name)].filter(({ namespaceURI }) =>
    namespaces.includes(namespaceURI ?? ""),
  );
}

/** The nearest element called `name` around `element`. */
export function ancestor(element: Element, namespaces: readonly string[], name: string): Element | undefined {
  let node = element.parentElement;
  while (node && !(node.localName === name && namespaces.includes(node.namespaceURI ?? ""))) node = node.parentElement;
  return node ?? undefined;
}

/** A copy of an element with what is inside it. */
export function copyOf(element: Element, deep = true): Element {
  return element.cloneNode(deep) as Element;
}

/** A new element called `name` in the namespace of `element`. */
export function createLike(element: Element, name: string): Element {
  const prefix = element.prefix ? `${element.prefix}:` : "";
  return element.ownerDocument.createElementNS(element.namespaceURI, prefix + name);
}

/** Puts a text in place of everything inside an element, with its spaces. */
export function setText(element: Element, text: string): void {
  element.textContent = text;
  element.setAttributeNS(XML, "xml:space", "preserve");
}
