import { expect, test } from "vitest";
import { nothingKnown, type Telemetry } from "../telemetry/telemetry.ts";
import { warn } from "../telemetry/warnings.ts";
import { compareTelemetry, limits, prefersInside } from "./compare-telemetry.ts";
import { type PlacedEntry, placeOnClip, thinEntries } from "./place-on-clip.ts";

const at = (offsetMs: number, change: Partial<PlacedEntry> = {}): PlacedEntry => ({
  ...nothingKnown,
  offsetMs,
  longitude: 121.5,
  latitude: 31.2,
  heightM: 60,
  utcMs: Date.UTC(2026, 4, 1) + offsetMs,
  ...change,
});
const track = (change: Partial<PlacedEntry> = {}, everyMs = 1_000): PlacedEntry[] =>
  Array.from({ length: 10 }, (_, i) => {
    const offsetMs = i * everyMs;
    return at(offsetMs, { utcMs: Date.UTC(2026, 4, 1) + offsetMs, ...change });
  });
const codes = (a: PlacedEntry[], b: PlacedEntry[]): string[] =>
  compareTelemetry(a, b, "Asia/Shanghai").map(({ code }) => code);
/** Degrees of latitude that are this many metres. */
const north = (metres: number): number => 31.2 + metres / 110_876;

test("within the limits two sources agree, beyond them they do not: place, height, time", () => {
  expect(codes(track(), track())).toEqual([]);
  expect(codes(track(), track({ latitude: north(limits.placeM - 1) }))).toEqual([]);
  expect(codes(track(), track({ latitude: north(limits.placeM + 1) }))).toEqual(["place_differs"]);
  expect(codes(track(), track({ heightM: 64 }))).toEqual([]);
  expect(codes(track(), track({ heightM: 66 }))).toEqual(["height_differs"]);
  const later = track().map((entry) => ({ ...entry, utcMs: (entry.utcMs ?? 0) + 2_500 }));
  expect(codes(track(), later)).toEqual(["time_differs"]);
});

test("the metres of a disagreement are its median, told with the worst; one stray point does not make one", () => {
  const stray = track().map((entry, i) => (i === 3 ? { ...entry, latitude: north(900) } : entry));
  expect(codes(track(), stray)).toEqual([]);
  const [check] = compareTelemetry(
    track(),
    track({ latitude: north(40) }).map((entry, i) => (i === 3 ? { ...entry, latitude: north(900) } : entry)),
    "Asia/Shanghai",
  );
  expect(check?.zh).toMatch(/相差 (39\.9|40\.\d) 米（中位数，最大 (89\d|90\d)\.\d 米，限 20\.0 米）/);
});

test("a time without zone is that of the source: eight hours apart where the zone is another", () => {
  const local = track({ utcMs: null }).map((entry, i) => ({
    ...entry,
    localTime: { year: 2026, month: 5, day: 1, hour: 8, minute: 0, second: i, millisecond: 0 },
  }));
  expect(compareTelemetry(track(), local, "Asia/Shanghai")).toEqual([]);
  expect(compareTelemetry(track(), local, "UTC").map(({ code }) => code)).toEqual(["time_differs"]);
});

test("what one source does not say is not compared; without a common moment that is said", () => {
  expect(codes(track({ heightM: null }), track({ heightM: 500 }))).toEqual([]);
  expect(codes(track({ longitude: null, latitude: null }), track({ latitude: 40 }))).toEqual([]);
  expect(codes(track(), [at(60_000)])).toEqual(["not_compared"]);
});

const telemetry = (entries: PlacedEntry[], unproven = false): Telemetry => ({
  kind: "ok",
  format: "x/y",
  entries,
  axisOrder: { kind: "named" },
  isAircraft: true,
  altitudeType: null,
  warnings: unproven ? [warn("schema_unproven")] : [],
});

test("the track inside places a clip; not a single position, and not an unproven one that the file beside it contradicts", () => {
  const differs = compareTelemetry(track(), track({ latitude: 31.3 }), "UTC");
  expect(prefersInside(telemetry(track()), telemetry(track()), [])).toBe(true);
  expect(prefersInside(telemetry([at(0)]), telemetry(track()), [])).toBe(false);
  expect(prefersInside(telemetry(track(), true), telemetry(track()), [])).toBe(true);
  expect(prefersInside(telemetry(track(), true), telemetry(track()), differs)).toBe(false);
  expect(prefersInside(telemetry(track()), telemetry(track()), differs)).toBe(true);
});

test("a track that knows only UTC lies where the clip's start puts it, within the clip, and nowhere when that start is not sure", () => {
  const known = telemetry(track().map((entry) => ({ ...entry, offsetMs: null as unknown as number })));
  const clip = { startedAt: new Date(Date.UTC(2026, 4, 1) + 2_000), startUncertaintyMs: 1_000, durationMs: 3_000 };
  expect(placeOnClip(known, clip).map(({ offsetMs }) => offsetMs)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
  expect(placeOnClip(known, { ...clip, startUncertaintyMs: 86_400_000 })).toEqual([]);
});

test("points are at least a tenth of a second apart, the first of them kept", () => {
  expect(thinEntries(track({}, 40)).map(({ offsetMs }) => offsetMs)).toEqual([0, 120, 240, 360]);
});
