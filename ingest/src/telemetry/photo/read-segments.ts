import { latin1, utf8, viewOf } from "../bytes.ts";

/** What a JPEG carries before its picture: the TIFF block of EXIF and the XMP packet, as they are. */
export interface PhotoSegments {
  readonly tiff: Uint8Array | null;
  readonly xmp: string | null;
}

const xmpName = "http://ns.adobe.com/xap/1.0/\0";
/** Segments before the picture; a photo has about ten, thermal ones some hundred. */
const segmentsMax = 1_000;

/** Walks the segments of a JPEG up to its picture (ITU-T T.81 §B). Extended XMP holds no position and is left alone. */
export function readSegments(bytes: Uint8Array): PhotoSegments {
  const view = viewOf(bytes);
  let tiff: Uint8Array | null = null;
  let xmp: string | null = null;
  for (let at = 2, count = 0; at + 4 <= bytes.length && count < segmentsMax; count++) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1] as number;
    if (marker === 0xda || marker === 0xd9) break;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length || end < at + 4) break;
    if (marker === 0xe1) {
      const content = bytes.subarray(at + 4, end);
      if (tiff === null && latin1(content, 0, 6) === "Exif\0\0") tiff = content.subarray(6);
      else if (xmp === null && latin1(content, 0, xmpName.length) === xmpName)
        xmp = utf8(content.subarray(xmpName.length));
    }
    at = end;
  }
  return { tiff, xmp };
}
