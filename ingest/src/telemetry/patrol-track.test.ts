import { fixesOf, placeLook } from "@mingcha/models/field";
import { distanceM } from "@mingcha/models/geo";
import { describe, expect, test } from "vitest";
import { placeOnClip, thinEntries } from "../intake/place-on-clip.ts";
import { readGpmf } from "./gpmf/read-gpmf.ts";
import { readGpx } from "./gpx.ts";
import { asPiece } from "./index.ts";
import type { Telemetry, TelemetryResult } from "./telemetry.ts";
import { gpmf } from "./testing/make-telemetry.ts";

const start = Date.UTC(2026, 4, 1);
const origin = { longitude: 121.5, latitude: 31.2 };
const metresPerDegree = 111_195;
const east = metresPerDegree * Math.cos((origin.latitude / 180) * Math.PI);
const lengthS = 120;

/** Where the car truly is, metres from the origin: along a street, round a corner of 12 m, to a stop, and on; 2.4 m/s² across the way at most. */
function truth(second: number): { eastM: number; northM: number } {
  const speed = 5.4;
  const radius = 12;
  const straight = 40 * speed;
  const quarter = (radius * Math.PI) / 2;
  // from the 80th second it brakes at 1.35 m/s² to a stop for 20 s, then goes on as it braked
  const braking = Math.min(Math.max(0, second - 80), 4);
  const going = Math.min(Math.max(0, second - 104), 4);
  const after = Math.max(0, second - 108);
  const way =
    Math.min(second, 80) * speed +
    braking * speed -
    (1.35 * braking * braking) / 2 +
    (1.35 * going * going) / 2 +
    after * speed;
  if (way <= straight) return { eastM: way, northM: 0 };
  if (way <= straight + quarter) {
    const angle = (way - straight) / radius;
    return { eastM: straight + radius * Math.sin(angle), northM: radius * (1 - Math.cos(angle)) };
  }
  return { eastM: straight + radius, northM: radius + (way - straight - quarter) };
}
const at = ({ eastM, northM }: { eastM: number; northM: number }) => ({
  longitude: origin.longitude + eastM / east,
  latitude: origin.latitude + northM / metresPerDegree,
});
/** What a receiver says: off by up to 5 m, slowly turning, as between houses. */
const measured = (second: number) => {
  const { eastM, northM } = truth(second);
  return at({ eastM: eastM + 5 * Math.cos(second / 7), northM: northM + 5 * Math.sin(second / 9) });
};

const gpxOf = (wanted: (second: number) => boolean): string =>
  `<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>${Array.from({ length: lengthS + 1 }, (_, second) => {
    const { longitude, latitude } = measured(second);
    return wanted(second)
      ? `<trkpt lat="${latitude.toFixed(7)}" lon="${longitude.toFixed(7)}"><time>${new Date(start + second * 1_000).toISOString()}</time></trkpt>`
      : "";
  }).join("")}</trkseg></trk></gpx>`;

const be = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value));
  return bytes;
};
/** A second of an action camera on the dashboard: four rows; without a fix its rows hold the last place, as the cameras do. */
function gpmfSecond(second: number, fix: number): Buffer {
  const rows = [0, 0.25, 0.5, 0.75].map((share) => {
    const { longitude, latitude } = measured(second + share);
    return Buffer.concat([be(latitude * 1e7), be(longitude * 1e7), be(4_000), be(0), be(0)]);
  });
  const stream = Buffer.concat([
    gpmf("GPSF", "L", 4, be(fix)),
    gpmf("SCAL", "l", 4, Buffer.concat([1e7, 1e7, 1_000, 1_000, 100].map(be))),
    gpmf("GPS5", "l", 20, Buffer.concat(rows)),
  ]);
  return gpmf("DEVC", "", 1, Buffer.concat([gpmf("DVID", "L", 4, be(1)), gpmf("STRM", "", 1, stream)]));
}

const clipOf = (uncertaintyMs: number) => ({
  startedAt: new Date(start),
  startUncertaintyMs: uncertaintyMs,
  durationMs: lengthS * 1_000,
});
const readOk = (result: TelemetryResult): Telemetry => {
  if (result.kind === "refused") throw new Error(result.code);
  return result;
};
const tracks: [name: string, content: Telemetry, offMs: number, timeErrorMs: number][] = [
  ["GPX beside it, clock right", readOk(readGpx(asPiece(Buffer.from(gpxOf(() => true))))), 0, 500],
  ["GPX beside it, clock off by 2 s", readOk(readGpx(asPiece(Buffer.from(gpxOf(() => true))))), 2_000, 2_000],
  ["GPX of every third second", readOk(readGpx(asPiece(Buffer.from(gpxOf((second) => second % 3 === 0))))), 0, 500],
  [
    "GPMF in the video",
    readOk(
      readGpmf(
        Array.from({ length: lengthS }, (_, second) => ({
          offsetMs: second * 1_000,
          durationMs: 1_000,
          bytes: gpmfSecond(second, 3),
        })),
      ),
    ),
    0,
    500,
  ],
];

describe("a patrol car's looks by what the readers read", () => {
  test.each(tracks)("lie within their stated error of where the car was: %s", (name, content, offMs, timeErrorMs) => {
    const fixes = fixesOf(thinEntries(placeOnClip(content, clipOf(timeErrorMs))));
    const rows = [];
    for (let ms = 5_000; ms <= 114_000; ms += 500) {
      const look = placeLook(fixes, ms, timeErrorMs);
      if (look.kind !== "placed") throw new Error(`${name}: ${ms} ms has no place: ${look.because}`);
      rows.push({ errorM: distanceM(look, at(truth((ms + offMs) / 1_000))), statedM: look.errorM });
    }
    const errors = rows.map(({ errorM }) => errorM).sort((a, b) => a - b);
    const stated = rows.map(({ statedM }) => statedM);
    console.info(
      `${name}: ${rows.length} looks, median ${errors[errors.length >> 1]?.toFixed(1)} m, largest ${errors.at(-1)?.toFixed(1)} m, stated ${Math.min(...stated).toFixed(1)} to ${Math.max(...stated).toFixed(1)} m`,
    );
    for (const { errorM, statedM } of rows) expect(errorM).toBeLessThanOrEqual(statedM);
  });

  test("a break of the fix gives no place, in a track beside the video and in one within it", () => {
    const isBlind = (second: number): boolean => second > 50 && second < 70;
    const contents = [
      readOk(readGpx(asPiece(Buffer.from(gpxOf((second) => !isBlind(second)))))),
      readOk(
        readGpmf(
          Array.from({ length: lengthS }, (_, second) => ({
            offsetMs: second * 1_000,
            durationMs: 1_000,
            bytes: gpmfSecond(second, isBlind(second) ? 0 : 3),
          })),
        ),
      ),
    ];
    for (const content of contents) {
      const fixes = fixesOf(thinEntries(placeOnClip(content, clipOf(500))));
      for (let ms = 52_000; ms <= 68_000; ms += 1_000)
        expect(placeLook(fixes, ms, 500)).toEqual({ kind: "no_fix", offsetMs: ms, because: "gap" });
      expect(placeLook(fixes, 40_000, 500).kind).toBe("placed");
      expect(placeLook(fixes, 80_000, 500).kind).toBe("placed");
    }
  });
});
