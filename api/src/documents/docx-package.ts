import { docxFonts } from "./fonts.ts";
import { fixedDate } from "./house-style.ts";

const escapeXml = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Font table with substitutes (`w:altName`) for machines that lack the bureau's licensed fonts. Nothing is embedded. */
export function fontTableXml(): string {
  const fonts = Object.values(docxFonts).map(
    ({ name, fallbacks }) =>
      `<w:font w:name="${escapeXml(name)}"><w:altName w:val="${escapeXml(fallbacks.join(","))}"/></w:font>`,
  );
  const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  return `${xmlHead}<w:fonts ${ns}>${fonts.join("")}</w:fonts>`;
}

/** Core properties with a fixed date: the library would write the clock. */
export function corePropertiesXml(title: string, subject: string): string {
  const ns = [
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:dcterms="http://purl.org/dc/terms/"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ].join(" ");
  const date = fixedDate.toISOString().replace(".000", "");
  const time = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${date}</dcterms:${name}>`;
  const text = `<dc:title>${escapeXml(title)}</dc:title><dc:subject>${escapeXml(subject)}</dc:subject><dc:creator>Mingcha</dc:creator>`;
  return `${xmlHead}<cp:coreProperties ${ns}>${text}${time("created")}${time("modified")}</cp:coreProperties>`;
}

/** WordArt shape of Word's own watermarks (`Design > Watermark`), reduced to what Word and LibreOffice read. */
const watermarkShape = (text: string) =>
  [
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">',
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>',
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>',
    '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>',
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>',
    '<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;',
    "width:330pt;height:165pt;rotation:315;z-index:-251657216;mso-position-horizontal:center;",
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin",
    '" o:allowincell="f" fillcolor="#D0D0D0" stroked="f"><v:fill opacity="0.5"/>',
    `<v:textpath style="font-family:&quot;${docxFonts.label.name}&quot;;font-size:1pt" string="${escapeXml(text)}"/></v:shape>`,
  ].join("");

/** Header part with the watermark. Written here because the library gives its watermark a random id. */
export function watermarkHeaderXml(text: string | null): string {
  const ns = [
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
  ].join(" ");
  const mark = text === null ? "" : `<w:r><w:pict>${watermarkShape(text)}</w:pict></w:r>`;
  return `${xmlHead}<w:hdr ${ns}><w:p>${mark}</w:p></w:hdr>`;
}

/** DOS date of 2000-01-01 00:00:00 (APPNOTE.TXT 4.4.6). */
const dosTime = 0;
const dosDate = ((2000 - 1980) << 9) | (1 << 5) | 1;

/**
 * Overwrites the modification times in a zip archive, which the packer takes from the clock. Walks the central
 * directory (APPNOTE.TXT 4.3.12); throws when the bytes are not a plain zip.
 */
export function fixZipTimes(zip: Uint8Array): Uint8Array {
  const out = zip.slice();
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  let end = out.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new RangeError("No end of central directory");
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < entries; i++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError("Broken central directory");
    const local = view.getUint32(at + 42, true);
    view.setUint16(at + 12, dosTime, true);
    view.setUint16(at + 14, dosDate, true);
    view.setUint16(local + 10, dosTime, true);
    view.setUint16(local + 12, dosDate, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return out;
}
