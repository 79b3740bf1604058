import { latin1 } from "../bytes.ts";
import { createGatherer, finite, placeAt, plausibleUtc } from "../place.ts";
import { refuseTelemetry, type TelemetryEntry, type TelemetryPiece, type TelemetryResult } from "../telemetry.ts";
import { createTally, type Tally } from "../warnings.ts";
import { type GpmfItem, gpmfItems, numbersOf } from "./read-gpmf-items.ts";

/** A container holds devices, a device streams, a stream items: three levels, and no more are ever read. */
interface Stream {
  readonly device: string;
  readonly items: ReadonlyMap<string, GpmfItem>;
}

function streamsOf(bytes: Uint8Array): Stream[] {
  const streams: Stream[] = [];
  for (const top of gpmfItems(bytes)) {
    if (top.key !== "DEVC" || top.type !== "") continue;
    const parts = [...gpmfItems(top.bytes)];
    const name = parts.find(({ key }) => key === "DVNM");
    const device = name === undefined ? "" : latin1(name.bytes).replace(/\0+$/, "");
    for (const part of parts)
      if (part.key === "STRM" && part.type === "")
        streams.push({ device, items: new Map([...gpmfItems(part.bytes)].map((item) => [item.key, item])) });
  }
  return streams;
}

/** Rows of a stream's item with its SCAL divided out: one divisor for all fields or one for each. */
function scaledRows({ items }: Stream, key: string): number[][] {
  const item = items.get(key);
  if (item === undefined) return [];
  const type = items.get("TYPE");
  const scale = items.get("SCAL");
  const divisors = scale === undefined ? [] : numbersOf(scale).flat();
  return numbersOf(item, type === undefined ? "" : latin1(type.bytes)).map((row) =>
    row.map((value, i) => value / (divisors[divisors.length === 1 ? 0 : i] ?? 1)),
  );
}

const word = (stream: Stream, key: string): string | null => {
  const item = stream.items.get(key);
  return item === undefined ? null : latin1(item.bytes).replace(/\0+$/, "");
};

/** `GPSU`: yymmddhhmmss.sss, UTC. */
function utcOfWord(text: string | null): number | null {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,3})?/.exec(text ?? "");
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  return plausibleUtc(Date.UTC(2000 + year, month - 1, day, hour, minute, second) + Number(match[7] ?? 0) * 1000);
}

type Row = Omit<Partial<TelemetryEntry>, "offsetMs"> & { isFix: boolean };

/** HERO5–10: latitude, longitude, altitude, speeds; one fix (`GPSF`: 0, 2, 3) and one time (`GPSU`) for a second of rows. */
function gps5(stream: Stream): Row[] {
  const fix = stream.items.get("GPSF");
  const isFix = fix === undefined || (numbersOf(fix)[0]?.[0] ?? 0) >= 2;
  const utcMs = utcOfWord(word(stream, "GPSU"));
  return scaledRows(stream, "GPS5").map(([latitude, longitude, altitudeM], i) => ({
    isFix,
    latitude: finite(latitude),
    longitude: finite(longitude),
    altitudeM: finite(altitudeM),
    utcMs: i === 0 ? utcMs : null,
  }));
}

const day2000Ms = Date.UTC(2000, 0, 1);

/** HERO11 on: latitude, longitude, altitude, speeds, days since 2000, seconds of the day, DOP, fix; each row has its own time. */
const gps9 = (stream: Stream): Row[] =>
  scaledRows(stream, "GPS9").map(
    ([latitude, longitude, altitudeM, , , days = Number.NaN, seconds = Number.NaN, , fix = 0]) => ({
      isFix: fix >= 2,
      latitude: finite(latitude),
      longitude: finite(longitude),
      altitudeM: finite(altitudeM),
      utcMs: plausibleUtc(finite(day2000Ms + days * 86_400_000 + seconds * 1000)),
    }),
  );

/**
 * Karma drone, "Position": seconds since start, latitude, longitude, altitude above sea level, height above home, speeds, heading. "System
 * Time" beside it says which UTC (milliseconds, divided to seconds) such a second is.
 */
function glpi(stream: Stream, beside: readonly Stream[]): Row[] {
  const clock = beside.find(({ items }) => items.has("SYST"));
  const [sinceStartS = Number.NaN, unixS = Number.NaN] = (clock && scaledRows(clock, "SYST").at(-1)) ?? [];
  return scaledRows(stream, "GLPI").map(
    ([atS = Number.NaN, latitude, longitude, altitudeM, heightM, , , , heading]) => ({
      isFix: true,
      latitude: finite(latitude),
      longitude: finite(longitude),
      altitudeM: finite(altitudeM),
      heightM: finite(heightM),
      aircraftYawDeg: heading !== undefined && heading <= 360 ? finite(heading) : null,
      utcMs: plausibleUtc(finite((unixS - sinceStartS + atS) * 1000)),
    }),
  );
}

const readers = [
  { key: "GPS9", read: gps9, isAircraft: false },
  { key: "GPS5", read: gps5, isAircraft: false },
  { key: "GLPI", read: glpi, isAircraft: true },
] as const;

/**
 * Reads GoPro GPMF. Rows of a piece are spread evenly over the time the piece is shown (GoPro states one time a second). A raw stream
 * has no such time: there the rows lie between the UTC of their piece and of the next. The altitude's datum is `GPSA` where stated.
 */
export function readGpmf(pieces: readonly TelemetryPiece[]): TelemetryResult {
  const tally = createTally();
  const all = splitRaw(pieces).map((piece) => ({ piece, streams: streamsOf(piece.bytes) }));
  const reader = readers.find(({ key }) => all.some(({ streams }) => streams.some(({ items }) => items.has(key))));
  if (reader === undefined)
    return refuseTelemetry("telemetry_no_position", "GPMF without a position stream (GPS9, GPS5, GLPI)");
  const blocks = all.map(({ piece, streams }) => {
    const stream = streams.find(({ items }) => items.has(reader.key));
    return {
      piece,
      rows: stream === undefined ? [] : reader.read(stream, streams),
      datum: stream && word(stream, "GPSA"),
    };
  });
  const { entries, add } = createGatherer(tally);
  blocks.forEach(({ piece, rows }, i) => {
    const utc = rows[0]?.utcMs ?? null;
    const nextUtc = blocks[i + 1]?.rows[0]?.utcMs ?? null;
    const stepMs =
      utc !== null && nextUtc !== null && nextUtc > utc && nextUtc - utc < 10_000
        ? (nextUtc - utc) / rows.length
        : null;
    rows.forEach(({ isFix, longitude = null, latitude = null, ...row }, k) => {
      add({
        ...row,
        ...fixed(isFix, longitude, latitude, tally),
        offsetMs:
          piece.offsetMs === null ? null : Math.round(piece.offsetMs + ((piece.durationMs ?? 1000) * k) / rows.length),
        utcMs: row.utcMs ?? (utc === null || (k > 0 && stepMs === null) ? null : Math.round(utc + k * (stepMs ?? 0))),
      });
    });
  });
  if (entries.length === 0) return refuseTelemetry("telemetry_empty", "GPMF without a usable position row");
  return {
    kind: "ok",
    format: `gopro-gpmf/${reader.key}`,
    entries,
    axisOrder: entries.some(({ longitude }) => longitude !== null) ? { kind: "named" } : { kind: "none" },
    isAircraft: reader.isAircraft,
    altitudeType: blocks.find(({ datum }) => datum)?.datum ?? reader.key,
    warnings: tally.list(),
  };
}

function fixed(isFix: boolean, longitude: number | null, latitude: number | null, tally: Tally) {
  if (isFix) return placeAt(longitude, latitude, tally);
  tally.add("no_fix");
  return { longitude: null, latitude: null };
}

/** A raw stream is one piece; each second of it is a run of containers that begins with the camera's own, the first device named. */
function splitRaw(pieces: readonly TelemetryPiece[]): readonly TelemetryPiece[] {
  const [only] = pieces;
  if (pieces.length !== 1 || only === undefined || only.offsetMs !== null) return pieces;
  const seconds: TelemetryPiece[] = [];
  let from = 0;
  let at = 0;
  let first: string | undefined;
  for (const item of gpmfItems(only.bytes)) {
    const id = [...gpmfItems(item.bytes)].find(({ key }) => key === "DVID");
    const device = id === undefined ? "" : latin1(id.bytes);
    first ??= device;
    if (device === first && at > from) {
      seconds.push({ ...only, bytes: only.bytes.subarray(from, at) });
      from = at;
    }
    at += 8 + Math.ceil((item.rowBytes * item.rows) / 4) * 4;
  }
  return [...seconds, { ...only, bytes: only.bytes.subarray(from) }];
}
