import { describe, expect, test } from "vitest";
import { type Claim, claimLimits, compareClaims, type Own, type OwnPoint, type Said } from "./index.ts";

const nothingSaid: Said = {
  sizeBytes: null,
  longitude: null,
  latitude: null,
  absoluteM: null,
  relativeM: null,
  gimbalYawDeg: null,
  createdText: null,
  fingerprint: null,
};
const point = (more: Partial<OwnPoint>): OwnPoint => ({
  longitude: null,
  latitude: null,
  heightM: null,
  altitudeM: null,
  gimbalYawDeg: null,
  ...more,
});
const own = (points: readonly OwnPoint[] = []): Own => ({
  sizeBytes: 1_000,
  sha256: "ab",
  clip: {
    fromMs: Date.parse("2026-11-20T02:40:00Z"),
    durationMs: 42_000,
    uncertaintyMs: 1_000,
    startMethod: "telemetry",
    timezone: "Asia/Shanghai",
    altitudeType: "AbsoluteAltitude",
    points,
  },
});
const only = (said: Partial<Said>, of: Own): Claim => {
  const [claim, ...others] = compareClaims({ ...nothingSaid, ...said }, of);
  expect(others).toEqual([]);
  if (claim === undefined) throw new Error("nothing was compared");
  return claim;
};

test("what a message did not say is not there, and of a file that was not taken in nothing but its size is compared", () => {
  expect(compareClaims(nothingSaid, own([point({ heightM: 3 })]))).toEqual([]);
  const everything: Said = {
    sizeBytes: 12,
    longitude: 121,
    latitude: 31,
    absoluteM: 50,
    relativeM: 40,
    gimbalYawDeg: 0,
    createdText: "2026-11-20 10:40:00",
    fingerprint: "f",
  };
  const claims = compareClaims(everything, { sizeBytes: null, sha256: null, clip: null });
  expect(claims.map(({ what }) => what)).toEqual([
    "size",
    "place",
    "time",
    "relative",
    "absolute",
    "yaw",
    "fingerprint",
  ]);
  for (const claim of claims) expect(claim, claim.what).toMatchObject({ own: null, verdict: "open" });
});

describe("a claim agrees with the nearest moment of the recording, or differs by so much", () => {
  const track = [0, 1, 2].map((nth) =>
    point({
      longitude: 121.52,
      latitude: 31.23 + nth * 0.0001,
      heightM: 40 + nth,
      altitudeM: 60 + nth,
      gimbalYawDeg: 178 + nth,
    }),
  );
  test.each<[string, Partial<Said>, object]>([
    ["size", { sizeBytes: 1_000 }, { own: 1_000, verdict: "agrees" }],
    ["another size", { sizeBytes: 999 }, { own: 1_000, verdict: "differs" }],
    ["place", { longitude: 121.52, latitude: 31.2302 }, { own: { latitude: 31.2302 }, verdict: "agrees" }],
    ["another place", { longitude: 121.53, latitude: 31.23 }, { own: { latitude: 31.23 }, verdict: "differs" }],
    ["height", { relativeM: 41.4 }, { own: { least: 40, most: 42 }, verdict: "agrees" }],
    ["another height", { relativeM: 42 + claimLimits.heightM + 1 }, { own: { most: 42 }, verdict: "differs" }],
    ["yaw", { gimbalYawDeg: -178 }, { own: { deg: 180, apartDeg: 2 }, verdict: "agrees" }],
    ["another yaw", { gimbalYawDeg: 0 }, { own: { deg: 178, apartDeg: 178 }, verdict: "differs" }],
    ["time", { createdText: "2026-11-20 10:40:42" }, { own: { apartMs: 0 }, verdict: "agrees" }],
    ["time with its zone", { createdText: "2026-11-20T02:40:10Z" }, { own: { apartMs: 0 }, verdict: "agrees" }],
    ["another time", { createdText: "2026-11-20 10:45:42" }, { own: { apartMs: 300_000 }, verdict: "differs" }],
    ["a time that is none", { createdText: "yesterday" }, { own: { apartMs: null }, verdict: "open" }],
    ["absolute height", { absoluteM: 900 }, { own: { least: 60, datum: "AbsoluteAltitude" }, verdict: "open" }],
    ["fingerprint", { fingerprint: "ab" }, { own: "ab", verdict: "open" }],
  ])("%s", (_, said, expected) => expect(only(said, own(track))).toMatchObject(expected));
});

describe("a time is compared only as well as the recording knows its own", () => {
  const dated = (startMethod: string, uncertaintyMs: number): Own => {
    const { clip, ...rest } = own();
    return { ...rest, clip: clip === null ? null : { ...clip, startMethod, uncertaintyMs } };
  };
  const dayMs = 86_400_000;

  test("one that is known by its arrival alone says nothing of it, near as the message may be", () => {
    for (const createdText of ["2026-11-20 10:40:10", "2026-11-20 06:40:00", "2001-01-01 00:00:00"])
      expect(only({ createdText }, dated("received", dayMs))).toMatchObject({ own: null, verdict: "open" });
  });

  test.each([
    ["within a start that is not sure it stays open", 8 * 3_600_000, "2026-11-20 10:40:10", "open"],
    ["also outside the recording itself", 8 * 3_600_000, "2026-11-20 06:40:00", "open"],
    ["beyond all that the start may be off it differs", 8 * 3_600_000, "2026-11-20 02:30:00", "differs"],
    ["with a start that is as sure as the limit it agrees", claimLimits.timeMs, "2026-11-20 10:40:10", "agrees"],
    ["and not with one that is less sure", claimLimits.timeMs + 1, "2026-11-20 10:40:10", "open"],
  ] as const)("%s", (_, uncertaintyMs, createdText, verdict) => {
    expect(only({ createdText }, dated("container", uncertaintyMs))).toMatchObject({
      own: { apartMs: expect.any(Number) },
      verdict,
    });
  });
});

test("a recording that says nothing of a thing leaves it open", () => {
  for (const said of [{ longitude: 121, latitude: 31 }, { relativeM: 1 }, { absoluteM: 1 }, { gimbalYawDeg: 1 }])
    expect(only(said, own([point({})]))).toMatchObject({ own: null, verdict: "open" });
});

test("directions are compared around the circle", () => {
  const at = (gimbalYawDeg: number, said: number) =>
    only({ gimbalYawDeg: said }, own([point({ gimbalYawDeg })])) as Extract<Claim, { what: "yaw" }>;
  expect(at(179, -179).own?.apartDeg).toBeCloseTo(2);
  expect(at(-90, 270).own?.apartDeg).toBeCloseTo(0);
  expect(at(0, 180).own?.apartDeg).toBeCloseTo(180);
  expect(at(359, 1).own?.apartDeg).toBeCloseTo(2);
});
