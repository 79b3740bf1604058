/** Text of a CSV file with the encoding it was in: by its mark, else UTF-8 where it is that, else GB 18030 (of which GBK is a part). */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const decode = (encoding: string, fatal = false): string => new TextDecoder(encoding, { fatal }).decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode("utf-16le"), encoding: "UTF-16" };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { text: decode("utf-8"), encoding: "UTF-8 BOM" };
  try {
    return { text: decode("utf-8", true), encoding: "UTF-8" };
  } catch {
    return { text: decode("gb18030"), encoding: "GB 18030" };
  }
}

/** What divides the fields: the sign that stands most often in the first line that has any. */
export function findDelimiter(text: string): string {
  const line =
    text
      .slice(0, 20_000)
      .split(/\r?\n/)
      .find((one) => /[,;\t]/.test(one)) ?? "";
  const count = (sign: string): number => line.split(sign).length;
  return [",", "\t", ";"].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ",");
}

/** A field that a spreadsheet would run as a formula is marked as text (OWASP: CSV injection). */
export const plainText = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** One line of a CSV file (RFC 4180). */
export const csvLine = (fields: readonly string[]): string =>
  `${fields.map((field) => (/[",;\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}\r\n`;
