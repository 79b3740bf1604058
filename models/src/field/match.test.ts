import { describe, expect, test } from "vitest";
import type { FieldCandidate, FieldClip } from "./candidate.ts";
import { carriersOf, doIssuesCollide } from "./carriers.ts";
import { matchField } from "./match.ts";

const min = 60_000;
const start = Date.UTC(2026, 10, 28, 2);
const place = { longitude: 121.5, latitude: 31.2 };
const northDeg = 1 / 111_195;
const north = (metres: number) => ({ ...place, latitude: place.latitude + metres * northDeg });
/** A body camera that stood so far north of the place for ten minutes. */
const clipAt = (metres: number | null, over: Partial<FieldClip> = {}): FieldClip => ({
  sourceId: "body-1",
  fromMs: start,
  toMs: start + 10 * min,
  uncertaintyMs: 1_000,
  carriers: [{ personId: "zhao", name: "赵" }],
  uploaderId: null,
  track: metres === null ? [] : Array.from({ length: 60 }, (_, nth) => ({ offsetMs: nth * 10_000, ...north(metres) })),
  standsAt: null,
  ...over,
});
const check = (id: string, over: Partial<FieldCandidate> = {}): FieldCandidate => ({
  kind: "on_site_check",
  id,
  clueId: `clue-${id}`,
  span: { fromMs: start + min, toMs: start + 8 * min },
  officers: [
    { id: "zhao", name: "赵" },
    { id: "qian", name: "钱" },
  ],
  recusedIds: [],
  at: { ...place, errorM: 8 },
  ownSources: [],
  ...over,
});
const saysOf = (reasons: readonly { fact: string; says: string }[]) =>
  reasons.map(({ fact, says }) => `${fact} ${says}`);

describe("a recording is certain of a step", () => {
  test("by time, officer and a fix 20 m away, with a reason for each in both languages", () => {
    const [found, ...rest] = matchField(clipAt(20), [check("a")]);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ key: "on_site_check:a", certainty: "certain", rivals: [], overlapMs: 7 * min });
    expect(found?.distanceM).toBeCloseTo(20, 0);
    expect(saysOf(found?.reasons ?? [])).toEqual(["time for", "officer for", "position for"]);
    for (const { zh, en } of found?.reasons ?? []) expect([zh.length > 4, en.length > 8]).toEqual([true, true]);
  });
  test("by time and officer without a fix, or by time and place without an assignment", () => {
    expect(matchField(clipAt(null), [check("a")])[0]?.certainty).toBe("certain");
    expect(matchField(clipAt(20, { carriers: [] }), [check("a")])[0]?.certainty).toBe("certain");
  });
  test("of each of two steps that one recording holds one after the other", () => {
    const long = clipAt(20, { toMs: start + 60 * min, track: [] });
    const later = check("b", { span: { fromMs: start + 30 * min, toMs: start + 40 * min } });
    expect(matchField(long, [check("a"), later]).map(({ certainty }) => certainty)).toEqual(["certain", "certain"]);
  });
});

describe("it is not certain, and says why", () => {
  test("where the officer is right and the fix three kilometres away", () => {
    const [found] = matchField(clipAt(3_000), [check("a")]);
    expect(found?.certainty).toBe("possible");
    expect(saysOf(found?.reasons ?? [])).toEqual(["time for", "officer for", "position against"]);
    expect(found?.reasons[2]?.zh).toContain("3.0 千米");
  });
  test("where another officer carried it, however near", () => {
    const [found] = matchField(clipAt(5, { carriers: [{ personId: "sun", name: "孙" }] }), [check("a")]);
    expect(found?.certainty).toBe("possible");
    expect(saysOf(found?.reasons ?? [])).toContain("officer against");
  });
  test("where its officer is recused from the record", () => {
    const [found] = matchField(clipAt(20), [check("a", { recusedIds: ["zhao"] })]);
    expect(found?.certainty).toBe("possible");
    expect(saysOf(found?.reasons ?? [])).toContain("recusal against");
  });
  test("where its clock is surer of nothing than an hour", () => {
    const [found] = matchField(clipAt(20, { uncertaintyMs: 60 * min }), [check("a")]);
    expect(found?.certainty).toBe("possible");
    expect(saysOf(found?.reasons ?? [])).toContain("time open");
  });
  test("where two checks fit at the same time: both are shown, each the other's rival, and neither is chosen", () => {
    const found = matchField(clipAt(20), [check("a"), check("b", { at: { ...north(40), errorM: 8 } })]);
    expect(found.map(({ certainty, rivals }) => [certainty, rivals.length])).toEqual([
      ["possible", 1],
      ["possible", 1],
    ]);
  });
  test("where nothing but the time fits, or nothing but who handed it in", () => {
    expect(matchField(clipAt(5_000, { carriers: [] }), [check("a")])).toEqual([]);
    const [found] = matchField(clipAt(null, { carriers: [], uploaderId: "qian" }), [check("a")]);
    expect(found?.certainty).toBe("possible");
    expect(saysOf(found?.reasons ?? [])).toContain("uploader open");
  });
});

test("a contradicted candidate is no rival, and a step of the same record is none either", () => {
  const other = check("b", { officers: [{ id: "li", name: "李" }], at: { ...north(30), errorM: 8 } });
  const [found] = matchField(clipAt(20), [check("a"), other]);
  expect(found).toMatchObject({ key: "on_site_check:a", certainty: "certain" });
  const same = { ...check("d"), kind: "dissuasion" as const, clueId: "clue-a" };
  expect(matchField(clipAt(20), [check("a"), same]).every(({ certainty }) => certainty === "certain")).toBe(true);
});

test("what was long before or after belongs to no step; a registered place is only ever possible", () => {
  expect(matchField(clipAt(20, { fromMs: start + 60 * min, toMs: start + 70 * min }), [check("a")])).toEqual([]);
  const site = { ...check("s"), kind: "site" as const, clueId: null, span: null, officers: [] };
  expect(matchField(clipAt(20), [site])).toMatchObject([{ certainty: "possible" }]);
  expect(matchField(clipAt(2_000), [site])).toEqual([]);
  expect(matchField(clipAt(2_000), [{ ...site, ownSources: ["body-1"] }])).toHaveLength(1);
});

test("an act of a record needs the place; its own time alone shows nothing", () => {
  const act = { ...check("c"), kind: "clue" as const, officers: [] };
  expect(matchField(clipAt(20), [act])).toMatchObject([{ certainty: "certain" }]);
  expect(matchField(clipAt(null), [act])).toEqual([]);
});

test("whatever the clock is off by within what it says, a certain match overlaps the step", () => {
  for (let uncertaintyMs = 0; uncertaintyMs < 20 * min; uncertaintyMs += 37_000)
    for (let offMs = -20 * min; offMs <= 20 * min; offMs += 91_000) {
      const clip = clipAt(20, { fromMs: start + offMs, toMs: start + offMs + 5 * min, uncertaintyMs, track: [] });
      if (matchField(clip, [check("a")])[0]?.certainty !== "certain") continue;
      for (const shift of [-uncertaintyMs, 0, uncertaintyMs]) {
        expect(clip.fromMs + shift).toBeLessThanOrEqual(start + 8 * min);
        expect(clip.toMs + shift).toBeGreaterThanOrEqual(start + min);
      }
    }
});

test("a device that was handed over while the recording may have run has both as its carriers", () => {
  const had = (personId: string, fromMs: number, toMs: number | null) => ({ personId, car: null, fromMs, toMs });
  const rows = [had("zhao", start - 100 * min, start), had("qian", start, null)];
  const carried = (fromMs: number, uncertaintyMs: number) =>
    carriersOf(rows, { fromMs, toMs: fromMs + min, uncertaintyMs }).map(({ personId }) => personId);
  expect(carried(start - 5 * min, 1_000)).toEqual(["zhao"]);
  expect(carried(start + 5 * min, 1_000)).toEqual(["qian"]);
  expect(carried(start - 30_000, 0)).toEqual(["zhao", "qian"]);
  expect(carried(start + 30_000, 60_000)).toEqual(["zhao", "qian"]);
});

test("an issue until further notice ends where the device is issued next, whatever the order of the rows", () => {
  const had = (personId: string, fromMs: number, toMs: number | null = null) => ({ personId, car: null, fromMs, toMs });
  const rows = [had("qian", start), had("sun", start + 60 * min, start + 90 * min), had("zhao", start - 100 * min)];
  const carried = (fromMs: number) =>
    carriersOf(rows, { fromMs, toMs: fromMs + min, uncertaintyMs: 0 }).map(({ personId }) => personId);
  expect(carried(start - 5 * min)).toEqual(["zhao"]);
  expect(carried(start + 5 * min)).toEqual(["qian"]);
  expect(carried(start + 70 * min)).toEqual(["sun"]);
  // given back, and nobody entered since
  expect(carried(start + 100 * min)).toEqual([]);
});

test("two issues collide where one begins within the other's stated period, or both begin together", () => {
  const issue = (fromMs: number, toMs: number | null) => ({ fromMs, toMs });
  const pairs = [
    [issue(0, 10), issue(5, null), true],
    [issue(0, 10), issue(10, null), false],
    [issue(0, null), issue(5, 8), false],
    [issue(0, 20), issue(5, 8), true],
    [issue(0, null), issue(0, 8), true],
  ] as const;
  for (const [a, b, collides] of pairs)
    expect([doIssuesCollide(a, b), doIssuesCollide(b, a)]).toEqual([collides, collides]);
});

describe("a step of which only a moment is known", () => {
  const moment = start + 2 * min;
  const only = check("a", {
    span: { fromMs: moment, toMs: moment + 15 * min, known: { fromMs: moment, toMs: moment } },
  });
  const at = (fromMs: number, toMs: number, uncertaintyMs = 1_000) =>
    matchField(clipAt(20, { fromMs, toMs, uncertaintyMs, track: [] }), [only])[0];
  test("is certain where the recording holds that moment, whatever its clock is off by", () => {
    expect(at(start, start + 10 * min)?.certainty).toBe("certain");
    expect(at(moment - 500, start + 10 * min)?.certainty).toBe("possible");
  });
  test("is possible where the recording lies in what is assumed of it, and says so", () => {
    const found = at(moment + 5 * min, moment + 10 * min);
    expect(found?.certainty).toBe("possible");
    expect(saysOf(found?.reasons ?? [])).toEqual(["time open", "officer for", "position open"]);
    expect(found?.reasons[0]?.zh).toContain("推定");
    expect(found?.reasons[0]?.en).toContain("assumed");
  });
});

test("a recording that ends in the very moment in which a step begins has recorded nothing of it", () => {
  const clip = clipAt(20, { toMs: start + min, uncertaintyMs: 0, track: [] });
  expect(matchField(clip, [check("a")])[0]?.certainty).toBe("possible");
});
