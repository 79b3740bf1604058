import { isNode, listOf, numberOfText, parseXml } from "../xml.ts";

/** Plain values of an XMP packet by their local name, attributes and elements alike; of two with one name the first counts. */
export function xmpValues(packet: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  // padding and the packet's own wrapper are no XML
  const from = packet.indexOf("<x:xmpmeta");
  const to = packet.indexOf("</x:xmpmeta>");
  const root = from < 0 || to < 0 ? undefined : parseXml(packet.slice(from, to + "</x:xmpmeta>".length))?.xmpmeta;
  const rdf = isNode(root) ? root.RDF : undefined;
  if (!isNode(rdf)) return values;
  for (const description of listOf(rdf.Description).filter(isNode))
    for (const [name, value] of Object.entries(description))
      if (typeof value === "string" && value.length < 200 && !values.has(name)) values.set(name, value);
  return values;
}

/** A number of XMP: signs are written in front (`+51.36`). */
export const xmpNumber = (values: ReadonlyMap<string, string>, name: string): number | null =>
  numberOfText(values.get(name));
