import { composeAttitude } from "../attitude.ts";
import { viewOf } from "../bytes.ts";
import { createGatherer, placeAt, plausibleUtc, wrapDeg } from "../place.ts";
import { refuseTelemetry, type TelemetryEntry, type TelemetryPiece, type TelemetryResult } from "../telemetry.ts";
import { createTally, type Tally } from "../warnings.ts";
import { packetsOf } from "./local-set.ts";

type Items = ReadonlyMap<number, Uint8Array>;

/** Unsigned integer of `bytes` bytes, mapped onto `span` from `low` (ST 0601 "linear map"); null where absent or of another size. */
function unsigned(items: Items, tag: number, bytes: 2 | 4, span: number, low = 0): number | null {
  const value = items.get(tag);
  if (value?.length !== bytes) return null;
  const view = viewOf(value);
  return (bytes === 2 ? view.getUint16(0) / 0xffff : view.getUint32(0) / 0xffffffff) * span + low;
}

/** Signed integer mapped onto ± half the span; its lowest value means "out of range" or "error" and is no number. */
function signed(items: Items, tag: number, bytes: 2 | 4, span: number): number | null {
  const value = items.get(tag);
  if (value?.length !== bytes) return null;
  const view = viewOf(value);
  const number = bytes === 2 ? view.getInt16(0) : view.getInt32(0);
  if (number === (bytes === 2 ? -0x8000 : -0x80000000)) return null;
  return (number / (bytes === 2 ? 0xfffe : 0xfffffffe)) * span;
}

function utcOf(items: Items): number | null {
  const value = items.get(2);
  return value?.length === 8 ? plausibleUtc(Number(viewOf(value).getBigUint64(0)) / 1000) : null;
}

/** Tags 5–7 (90, 91 the finer ones): airframe; 18–20: camera against airframe. The camera's own attitude only where all of them are stated. */
function attitudes(items: Items): Partial<TelemetryEntry> {
  const yawDeg = unsigned(items, 5, 2, 360);
  const pitchDeg = signed(items, 90, 4, 180) ?? signed(items, 6, 2, 40);
  const rollDeg = signed(items, 91, 4, 180) ?? signed(items, 7, 2, 100);
  const aircraft = { aircraftYawDeg: yawDeg, aircraftPitchDeg: pitchDeg, aircraftRollDeg: rollDeg };
  const azimuth = unsigned(items, 18, 4, 360);
  const elevation = signed(items, 19, 4, 360);
  const roll = unsigned(items, 20, 4, 360);
  if (
    yawDeg === null ||
    pitchDeg === null ||
    rollDeg === null ||
    azimuth === null ||
    elevation === null ||
    roll === null
  )
    return aircraft;
  const camera = composeAttitude(
    { yawDeg, pitchDeg, rollDeg },
    { yawDeg: azimuth, pitchDeg: elevation, rollDeg: roll },
  );
  return {
    ...aircraft,
    gimbalYawDeg: wrapDeg(camera.yawDeg),
    gimbalPitchDeg: camera.pitchDeg,
    gimbalRollDeg: wrapDeg(camera.rollDeg),
  };
}

/** Bits of tag 47 (generic flag data): 0 laser on, 4 slant range measured and not calculated. */
const laserMeasured = 0b1_0001;

/**
 * Tag 21, where the packet says that a laser measured it. Most slant ranges are calculated, from an elevation model or a level ground, and
 * say nothing of how: no laser. Both bits, because editions 13–16 of the standard first counted them from the other end, and there no
 * single bit means the same.
 */
function measuredRange(items: Items, tally: Tally): number | null {
  const rangeM = unsigned(items, 21, 4, 5_000_000);
  const flags = items.get(47);
  if (rangeM === null) return null;
  if (flags?.length === 1 && ((flags[0] as number) & laserMeasured) === laserMeasured) return rangeM;
  tally.add("range_not_measured");
  return null;
}

function entryOf(items: Items, tally: Tally): Partial<TelemetryEntry> {
  return {
    utcMs: utcOf(items),
    ...placeAt(signed(items, 14, 4, 360), signed(items, 13, 4, 180), tally),
    egm96M: unsigned(items, 15, 2, 19_900, -900),
    ellipsoidM: unsigned(items, 75, 2, 19_900, -900),
    fovHorizontalDeg: unsigned(items, 16, 2, 180),
    fovVerticalDeg: unsigned(items, 17, 2, 180),
    rangeM: measuredRange(items, tally),
    ...attitudes(items),
  };
}

const refusedAs = { st0104: "old_standard", cut_off: "damaged_pieces", bad_checksum: "bad_checksum" } as const;

/**
 * Reads MISB ST 0601 (UAS Datalink Local Set; tags and ranges of ST 0601.8 on). A packet counts only when its checksum is right.
 * Position is tags 13–14, height above mean sea level tag 15 (EGM96), above the ellipsoid tag 75, time tag 2 (UTC, microseconds).
 */
export function readKlv(pieces: readonly TelemetryPiece[]): TelemetryResult {
  const tally = createTally();
  const { entries, add } = createGatherer(tally);
  let anchor: { offsetMs: number; utcMs: number } | null = null;
  let lastPiece: TelemetryPiece | null = null;
  for (const piece of pieces)
    for (const packet of packetsOf(piece.bytes)) {
      if (packet.kind !== "st0601") {
        tally.add(refusedAs[packet.kind]);
        continue;
      }
      const entry = entryOf(packet.items, tally);
      const utcMs = entry.utcMs ?? null;
      // only the first packet of a piece lies at the piece's own time; one without a time is laid by its UTC against the first that has one
      const own = piece === lastPiece ? null : piece.offsetMs;
      lastPiece = piece;
      const laid = anchor !== null && utcMs !== null ? anchor.offsetMs + utcMs - anchor.utcMs : null;
      const offsetMs = own ?? laid;
      if (own === null && laid !== null) tally.add("laid_by_utc");
      if (anchor === null && own !== null && utcMs !== null) anchor = { offsetMs: own, utcMs };
      add({ ...entry, offsetMs });
    }
  if (entries.length > 0)
    return {
      kind: "ok",
      format: "misb-klv/ST0601",
      entries,
      axisOrder: entries.some(({ longitude }) => longitude !== null) ? { kind: "named" } : { kind: "none" },
      isAircraft: true,
      altitudeType: null,
      warnings: tally.list(),
    };
  const bad = tally.get("bad_checksum");
  if (bad > 0) return refuseTelemetry("telemetry_checksum", `${bad} packets, none with a right checksum`);
  const old = tally.get("old_standard");
  if (old > 0) return refuseTelemetry("telemetry_old_standard", `${old} packets of ST 0104, none of ST 0601`);
  return refuseTelemetry("telemetry_empty", "no whole ST 0601 packet with a time");
}
