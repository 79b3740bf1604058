import { latin1, utf8, viewOf } from "./bytes.ts";
import { placeAt, plausibleUtc } from "./place.ts";
import { nothingKnown, refuseTelemetry, type TelemetryPiece, type TelemetryResult } from "./telemetry.ts";
import { createTally } from "./warnings.ts";

/** Children of a box; what does not fit ends the walk. */
function* children(bytes: Uint8Array): Generator<{ type: string; content: Uint8Array }> {
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > bytes.length) return;
    yield { type: latin1(bytes, at + 4, at + 8), content: bytes.subarray(at + 8, at + size) };
    at += size;
  }
}
const child = (bytes: Uint8Array | undefined, type: string): Uint8Array | undefined => {
  if (bytes !== undefined) for (const box of children(bytes)) if (box.type === type) return box.content;
  return undefined;
};

/** Texts under Apple's keys (`moov/meta`: `keys` names them, `ilst` holds them in that order, QuickTime File Format "Metadata"). */
function appleTexts(moov: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>();
  const meta = child(moov, "meta");
  const keys = child(meta, "keys");
  const list = child(meta, "ilst");
  if (keys === undefined || list === undefined || keys.length < 8) return texts;
  const names = [...children(keys.subarray(8))].map(({ content }) => utf8(content));
  for (const { type, content } of children(list)) {
    const name = names[viewOf(Buffer.from(type, "latin1")).getUint32(0) - 1];
    const data = child(content, "data");
    if (name !== undefined && data !== undefined && data.length > 8 && data.length < 300)
      texts.set(name, utf8(data.subarray(8)));
  }
  return texts;
}

/** `udta/©xyz`: length, language, text. */
function userText(moov: Uint8Array): string | undefined {
  const box = child(child(moov, "udta"), "\u00a9xyz");
  return box === undefined || box.length < 5 ? undefined : utf8(box.subarray(4, 4 + viewOf(box).getUint16(0)));
}

/** ISO 6709 in degrees: `+32.0929+034.8620+028.516/`. */
const iso6709 = /^([-+]\d{1,2}(?:\.\d{1,10})?)([-+]\d{1,3}(?:\.\d{1,10})?)([-+]\d{1,6}(?:\.\d{1,6})?)?/;

/** The one position a phone or an aircraft writes into the index (`moov`) of its video: where it began, and with Apple when, zone stated. */
export function readQuickTimePlace(pieces: readonly TelemetryPiece[]): TelemetryResult {
  const moov = pieces[0]?.bytes;
  const texts = moov === undefined ? new Map<string, string>() : appleTexts(moov);
  const text = texts.get("com.apple.quicktime.location.ISO6709") ?? (moov && userText(moov));
  const match = iso6709.exec(text ?? "");
  const tally = createTally();
  const place = match ? placeAt(Number(match[2]), Number(match[1]), tally) : { longitude: null, latitude: null };
  if (place.longitude === null) return refuseTelemetry("telemetry_no_position", "no ISO 6709 position");
  const date = texts.get("com.apple.quicktime.creationdate") ?? "";
  const isZoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:?\d\d)$/.test(date);
  const utcMs = isZoned ? Date.parse(date.replace(/([-+]\d\d)(\d\d)$/, "$1:$2")) : Number.NaN;
  return {
    kind: "ok",
    format: texts.size > 0 ? "quicktime-place/apple" : "quicktime-place/xyz",
    entries: [
      {
        ...nothingKnown,
        offsetMs: 0,
        utcMs: Number.isNaN(utcMs) ? null : plausibleUtc(utcMs),
        ...place,
        altitudeM: match?.[3] === undefined ? null : Number(match[3]),
      },
    ],
    axisOrder: { kind: "named" },
    isAircraft: false,
    altitudeType: match?.[3] === undefined ? null : "ISO6709",
    warnings: tally.list(),
  };
}
