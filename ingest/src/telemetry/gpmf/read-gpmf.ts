import { latin1 } from "../bytes.ts";
import { createGatherer, finite, placeAt, plausibleUtc } from "../place.ts";
import {
  entriesMax,
  refuseTelemetry,
  type TelemetryEntry,
  type TelemetryPiece,
  type TelemetryResult,
} from "../telemetry.ts";
import { createTally, type Tally } from "../warnings.ts";
import { type GpmfItem, gpmfItems, numbersOf } from "./read-gpmf-items.ts";

/** Items of a stream that are read. */
const itemKeys = new Set(["GPS9", "GPS5", "GLPI", "SYST", "TYPE", "SCAL", "GPSF", "GPSU", "GPSA"]);
/** Of these each is looked for in the first stream that has it. */
const streamKeys = ["GPS9", "GPS5", "GLPI", "SYST"] as const;

/** A container holds devices, a device streams, a stream items: three levels, and no more are ever read. */
type Stream = ReadonlyMap<string, GpmfItem>;
type Streams = ReadonlyMap<string, Stream>;

function streamsOf(bytes: Uint8Array): Streams {
  const streams = new Map<string, Stream>();
  for (const top of gpmfItems(bytes)) {
    if (top.key !== "DEVC" || top.type !== "") continue;
    for (const part of gpmfItems(top.bytes)) {
      if (part.key !== "STRM" || part.type !== "") continue;
      const stream = new Map<string, GpmfItem>();
      for (const item of gpmfItems(part.bytes)) if (itemKeys.has(item.key)) stream.set(item.key, item);
      for (const key of streamKeys) if (stream.has(key) && !streams.has(key)) streams.set(key, stream);
    }
  }
  return streams;
}

/** A divisor for all fields or one for each. */
const divisorsMax = 16;

/** Rows of a stream's item, `rowsMax` at most, with its SCAL divided out. */
function scaledRows(stream: Stream, key: string, rowsMax: number): number[][] {
  const item = stream.get(key);
  if (item === undefined) return [];
  const type = stream.get("TYPE");
  const scale = stream.get("SCAL");
  const divisors = scale === undefined ? [] : numbersOf(scale, "", divisorsMax).flat();
  return numbersOf(item, type === undefined ? "" : latin1(type.bytes, 0, 256), rowsMax).map((row) =>
    row.map((value, i) => value / (divisors[divisors.length === 1 ? 0 : i] ?? 1)),
  );
}

const wordMax = 64;
const word = (stream: Stream, key: string): string | null => {
  const item = stream.get(key);
  return item === undefined ? null : latin1(item.bytes, 0, wordMax).replace(/\0+$/, "");
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
function gps5(stream: Stream, rowsMax: number): Row[] {
  const fix = stream.get("GPSF");
  const isFix = fix === undefined || (numbersOf(fix, "", 1)[0]?.[0] ?? 0) >= 2;
  const utcMs = utcOfWord(word(stream, "GPSU"));
  return scaledRows(stream, "GPS5", rowsMax).map(([latitude, longitude, altitudeM], i) => ({
    isFix,
    latitude: finite(latitude),
    longitude: finite(longitude),
    altitudeM: finite(altitudeM),
    utcMs: i === 0 ? utcMs : null,
  }));
}

const day2000Ms = Date.UTC(2000, 0, 1);

/** HERO11 on: latitude, longitude, altitude, speeds, days since 2000, seconds of the day, DOP, fix; each row has its own time. */
const gps9 = (stream: Stream, rowsMax: number): Row[] =>
  scaledRows(stream, "GPS9", rowsMax).map(
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
function glpi(stream: Stream, rowsMax: number, beside: Streams): Row[] {
  const clock = beside.get("SYST");
  const [sinceStartS = Number.NaN, unixS = Number.NaN] = (clock && scaledRows(lastOnly(clock), "SYST", 1)[0]) ?? [];
  return scaledRows(stream, "GLPI", rowsMax).map(
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

/** The clock's stream with its last row alone. */
function lastOnly(stream: Stream): Stream {
  const item = stream.get("SYST");
  if (item === undefined || item.rows === 0) return stream;
  return new Map(stream).set("SYST", { ...item, rows: 1, bytes: item.bytes.subarray((item.rows - 1) * item.rowBytes) });
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
  const all = splitRaw(pieces, tally);
  const reader = readerOf(all);
  if (reader === undefined)
    return refuseTelemetry("telemetry_no_position", "GPMF without a position stream (GPS9, GPS5, GLPI)");
  const { entries, add } = createGatherer(tally);
  let rowsLeft = entriesMax;
  let datum: string | null = null;
  const blockOf = (piece: TelemetryPiece): Block => {
    const streams = streamsOf(piece.bytes);
    const stream = streams.get(reader.key);
    const rows = stream === undefined ? [] : reader.read(stream, rowsLeft, streams);
    rowsLeft -= rows.length;
    tally.add("too_many_entries", rowsLeft > 0 ? 0 : (stream?.get(reader.key)?.rows ?? 0) - rows.length);
    datum ||= (stream && word(stream, "GPSA")) ?? null;
    return { piece, rows };
  };
  // one piece at a time, and the next for its time: what a piece says is not kept beyond that
  let block = all[0] === undefined ? null : blockOf(all[0]);
  for (let i = 1; block !== null; i++) {
    const nextPiece = all[i];
    const next = nextPiece === undefined ? null : blockOf(nextPiece);
    spread(block, next?.rows[0]?.utcMs ?? null, add, tally);
    block = next;
  }
  if (entries.length === 0) return refuseTelemetry("telemetry_empty", "GPMF without a usable position row");
  return {
    kind: "ok",
    format: `gopro-gpmf/${reader.key}`,
    entries,
    axisOrder: entries.some(({ longitude }) => longitude !== null) ? { kind: "named" } : { kind: "none" },
    isAircraft: reader.isAircraft,
    altitudeType: datum ?? reader.key,
    warnings: tally.list(),
  };
}

interface Block {
  readonly piece: TelemetryPiece;
  readonly rows: readonly Row[];
}

/** The surest kind of position that any piece holds. */
function readerOf(pieces: readonly TelemetryPiece[]) {
  const found = new Set<string>();
  for (const { bytes } of pieces) {
    for (const key of streamsOf(bytes).keys()) found.add(key);
    if (found.has(readers[0].key)) break;
  }
  return readers.find(({ key }) => found.has(key));
}

/** Gives each row of a piece its time. */
function spread(
  { piece, rows }: Block,
  nextUtc: number | null,
  add: (known: Partial<TelemetryEntry>) => void,
  tally: Tally,
): void {
  const utc = rows[0]?.utcMs ?? null;
  const stepMs =
    utc !== null && nextUtc !== null && nextUtc > utc && nextUtc - utc < 10_000 ? (nextUtc - utc) / rows.length : null;
  rows.forEach(({ isFix, longitude = null, latitude = null, ...row }, k) => {
    add({
      ...row,
      ...fixed(isFix, longitude, latitude, tally),
      offsetMs:
        piece.offsetMs === null ? null : Math.round(piece.offsetMs + ((piece.durationMs ?? 1000) * k) / rows.length),
      utcMs: row.utcMs ?? (utc === null || (k > 0 && stepMs === null) ? null : Math.round(utc + k * (stepMs ?? 0))),
    });
  });
}

function fixed(isFix: boolean, longitude: number | null, latitude: number | null, tally: Tally) {
  if (isFix) return placeAt(longitude, latitude, tally);
  tally.add("no_fix");
  return { longitude: null, latitude: null };
}

/** A raw stream is one piece; each second of it is a run of containers that begins with the camera's own, the first device named. */
function splitRaw(pieces: readonly TelemetryPiece[], tally: Tally): readonly TelemetryPiece[] {
  const [only] = pieces;
  if (pieces.length !== 1 || only === undefined || only.offsetMs !== null) return pieces;
  const seconds: TelemetryPiece[] = [];
  let from = 0;
  let at = 0;
  let first: string | undefined;
  for (const item of gpmfItems(only.bytes)) {
    // a piece gives one row at least
    if (seconds.length >= entriesMax) {
      tally.add("too_many_entries");
      return seconds;
    }
    const device = deviceOf(item);
    first ??= device;
    if (device === first && at > from) {
      seconds.push({ ...only, bytes: only.bytes.subarray(from, at) });
      from = at;
    }
    at += 8 + Math.ceil((item.rowBytes * item.rows) / 4) * 4;
  }
  return [...seconds, { ...only, bytes: only.bytes.subarray(from) }];
}

function deviceOf({ bytes }: GpmfItem): string {
  for (const { key, bytes: id } of gpmfItems(bytes)) if (key === "DVID") return latin1(id, 0, wordMax);
  return "";
}
