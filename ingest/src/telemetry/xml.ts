import { XMLParser } from "fast-xml-parser";

/** Deeper than this is no file of ours; the parser itself knows no bound. */
const depthMax = 24;

/**
 * Parses small XML from strangers: entities are not expanded, document types are refused, nesting is bounded before the parser sees it.
 * Names come without their prefix, attributes beside elements; every value is text. Undefined where the text is not usable XML.
 */
export function parseXml(text: string): Record<string, unknown> | undefined {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return undefined;
  if (depthOf(text) > depthMax) return undefined;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
  });
  try {
    const parsed: unknown = parser.parse(text);
    return isNode(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Greatest nesting, in one pass over the angle brackets. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const next = text[at + 1];
    if (next === "!" || next === "?") continue;
    const end = text.indexOf(">", at);
    if (end < 0) break;
    if (next === "/") depth--;
    else if (text[end - 1] !== "/") deepest = Math.max(deepest, ++depth);
  }
  return deepest;
}

export const isNode = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One or many of the same name, as a list. */
export const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** A plain decimal number, nothing else. */
export function numberOfText(value: unknown): number | null {
  return typeof value === "string" && /^\s*[-+]?\d{1,9}(?:\.\d{1,15})?\s*$/.test(value) ? Number(value) : null;
}
