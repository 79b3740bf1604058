import { describe, expect, test } from "vitest";
import type { Act, FilterName, Scene, SceneInput, TraceItem } from "../scene/index.ts";
import { readScene } from "./check-scene.ts";
import { judgeAct, toJudgeOf } from "./judge-act.ts";
import { watchedPlaces } from "./resolve-rule.ts";
import { judgeQuestions, traceLine, traceText } from "./trace-text.ts";

const startMs = Date.parse("2026-05-08T08:00:00+08:00");

type Rule = Partial<SceneInput["rules"][number]>;

/** A square of 10 m × 10 m seen straight from above; the shop lies above the line at half height. */
function sceneOf(rule: Rule, more: Partial<SceneInput> = {}): Scene {
  const read = readScene({
    source: { id: "cam" },
    lookEveryS: 2,
    calibration: {
      points: [
        [0.05, 0.05],
        [0.95, 0.05],
        [0.95, 0.95],
        [0.05, 0.95],
        [0.5, 0.5],
        [0.3, 0.7],
      ].map(([x = 0, y = 0]) => ({ px: [x, y], m: [x * 10, y * 10] })),
    },
    zones: [
      {
        id: "z",
        kind: "public_ground",
        polygon: [
          [0.1, 0.5],
          [0.9, 0.5],
          [0.9, 0.95],
          [0.1, 0.95],
        ],
        line: [
          [0.1, 0.5],
          [0.9, 0.5],
        ],
      },
    ],
    rules: [{ violation: "CROSS_DOOR", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35, ...rule }],
    ...more,
  });
  if (read.kind === "bad") throw new Error(read.text.en);
  return read.scene;
}

type Spot = Act["spots"][number];
const spotOf = (boxNorm: Spot["boxNorm"], fromS = 0, toS = 300): Spot => ({
  boxNorm,
  role: "goods",
  fromMs: startMs + fromS * 1000,
  toMs: startMs + toS * 1000,
  dwellMs: (toS - fromS) * 1000,
});

function actOf(spots: Spot[], more: Partial<Act> = {}): Act {
  const fromMs = Math.min(...spots.map((spot) => spot.fromMs));
  const toMs = Math.max(...spots.map((spot) => spot.toMs));
  return {
    fromMs,
    toMs,
    isOpen: false,
    dwellMs: toMs - fromMs,
    blindMs: 0,
    score: 0.7,
    boxNorm: spots[0]?.boxNorm ?? [0, 0, 1, 1],
    contactShare: 0.9,
    bridgedMsMax: 0,
    intervals: [{ state: "present", fromMs, toMs }],
    labels: ["goods"],
    spots,
    best: { score: 0.8, capturedAtMs: fromMs, boxNorm: [0.4, 0.6, 0.1, 0.1] },
    ...more,
  };
}

function lineOf(
  filter: FilterName,
  scene: Scene,
  act: Act,
  lost: Parameters<typeof judgeAct>[3] = [],
): TraceItem | undefined {
  const [place] = watchedPlaces(scene);
  if (place === undefined) throw new Error("no place");
  return judgeAct(act, place, scene, lost).find((item) => item.filter === filter);
}

/** Bottom edge 2 m beyond the line, 6 cm of box error. */
const farOut = spotOf([0.4, 0.6, 0.1, 0.1]);
/** Bottom edge 0.5 m beyond it. */
const nearLine = spotOf([0.4, 0.47, 0.1, 0.08]);

describe("metres beyond the door line", () => {
  test("what reaches it with its error deducted passes, and the trace states distance and error", () => {
    const line = lineOf("beyond", sceneOf({ beyondM: 1 }), actOf([farOut]));
    expect(line?.passed).toBe(true);
    expect(line?.value).toBeGreaterThan(1.5);
    expect(line?.value).toBeLessThan(2);
    expect(line && traceText(line).zh).toMatch(/超出门线：至少 .* 米 ≥ 1 米（实测 2\.0\d ± 0\.\d\d 米/);
  });

  test("what reaches it only with its error is no flag", () => {
    const line = lineOf("beyond", sceneOf({ beyondM: 1.99 }), actOf([farOut]));
    expect(line?.passed).toBe(false);
    expect(line?.toJudge).toBeUndefined();
    expect(lineOf("beyond", sceneOf({ beyondM: 1 }), actOf([nearLine]))?.passed).toBe(false);
  });

  test("a thing that stays behind it for the whole time does not lend its dwell to one that was out for a moment", () => {
    const scene = sceneOf({ beyondM: 1 });
    const line = lineOf("beyond", scene, actOf([nearLine, { ...farOut, toMs: startMs + 30_000, dwellMs: 30_000 }]));
    expect(line?.passed).toBe(false);
    expect(line && traceText(line).en).toMatch(/≥ 1 m .*stood 30 s/);
    const apart = [0, 100, 200].map((s) => ({
      ...farOut,
      fromMs: startMs + s * 1000,
      toMs: startMs + (s + 25) * 1000,
      dwellMs: 25_000,
    }));
    expect(lineOf("beyond", scene, actOf([nearLine, ...apart]))?.passed).toBe(true);
  });

  test("a refused distance is no number: the flag stays for a person, the trace says why", () => {
    // Cut by the lower edge of the picture: where it stands is not seen.
    const cut = spotOf([0.4, 0.8, 0.1, 0.2]);
    const scene = sceneOf({ beyondM: 1 });
    const line = lineOf("beyond", scene, actOf([cut]));
    expect(line).toMatchObject({ passed: true, value: "-", toJudge: "distance" });
    expect(line && traceLine(line)).toMatch(/^\? 超出门线：未作距离认定.*截断.*由人判断/);
    const [place] = watchedPlaces(scene);
    const trace = place === undefined ? [] : judgeAct(actOf([cut]), place, scene);
    expect(place && toJudgeOf(place.violation, trace)).toContain("distance");
    expect(judgeQuestions(place?.violation, trace).distance?.zh).toContain("门线");
  });

  test("marks that fit no ground refuse every distance, and fire no metric rule by themselves", () => {
    const points = [
      [0.1, 0.1],
      [0.9, 0.1],
      [0.9, 0.9],
      [0.1, 0.9],
      [0.5, 0.2],
    ].map(([x = 0, y = 0], i) => ({
      px: [x, y] as [number, number],
      m: [x * 10, i === 4 ? 90 : y * 10] as [number, number],
    }));
    const line = lineOf("beyond", sceneOf({ beyondM: 1 }, { calibration: { points } }), actOf([farOut]));
    expect(line).toMatchObject({ value: "-", toJudge: "distance" });
  });

  test("a rule without metres has no such line", () => {
    expect(lineOf("beyond", sceneOf({}), actOf([farOut]))).toBeUndefined();
  });
});

describe("how many together", () => {
  const bikes = [0.2, 0.35, 0.5, 0.65].map((x, i) => spotOf([x, 0.6, 0.1, 0.1], 0, i === 3 ? 40 : 300));

  test("only things that stood there at once for the dwell time are counted", () => {
    expect(lineOf("count", sceneOf({ minCount: 3 }), actOf(bikes))).toMatchObject({ passed: true, value: 3 });
    expect(lineOf("count", sceneOf({ minCount: 4 }), actOf(bikes))).toMatchObject({ passed: false, value: 3 });
    const inTurn = [0, 1, 2].map((i) => spotOf([0.2 + i * 0.2, 0.6, 0.1, 0.1], i * 100, (i + 1) * 100));
    expect(lineOf("count", sceneOf({ minCount: 2 }), actOf(inTurn))).toMatchObject({ passed: false, value: 1 });
  });

  test("time that nobody watched is none in which they stood together", () => {
    const stood = (blindFromS: number) => {
      const blind = { fromMs: startMs + blindFromS * 1000, toMs: startMs + 290_000 };
      return actOf(bikes, {
        intervals: [
          { fromMs: startMs, toMs: blind.fromMs, state: "present" },
          { ...blind, state: "blind" },
          { fromMs: blind.toMs, toMs: startMs + 300_000, state: "present" },
        ],
      });
    };
    expect(lineOf("count", sceneOf({ minCount: 3 }), stood(40))).toMatchObject({ passed: false, value: 0 });
    expect(lineOf("count", sceneOf({ minCount: 3 }), stood(60))).toMatchObject({ passed: true, value: 3 });
  });

  test("two boxes on one spot are one thing", () => {
    const twice = [spotOf([0.2, 0.6, 0.1, 0.1]), spotOf([0.21, 0.6, 0.1, 0.11])];
    expect(lineOf("count", sceneOf({ minCount: 2 }), actOf(twice))).toMatchObject({ passed: false, value: 1 });
  });
});

describe("calendar and permits", () => {
  const workdays = { active: { from: "07:00", to: "22:00", holidays: "workdays" as const } };
  const actAt = (iso: string): Act => {
    const fromMs = Date.parse(iso);
    return actOf([{ ...farOut, fromMs, toMs: fromMs + 300_000 }]);
  };

  test("a make-up workday is told as one", () => {
    // 10 October 2026, a Saturday, is worked.
    const line = lineOf("calendar", sceneOf(workdays), actAt("2026-10-10T09:00:00+08:00"));
    expect(line?.passed).toBe(true);
    expect(line && traceText(line).zh).toBe(
      "时段：开始于周六 09:00，规则时段 每天 07:00-22:00 工作日（含调休上班日）（国庆节调休上班）",
    );
  });

  test("a rule that depends on holidays says where it does not know them, and asks a person", () => {
    const line = lineOf("calendar", sceneOf(workdays), actAt("2035-10-01T09:00:00+08:00"));
    expect(line).toMatchObject({ passed: true, toJudge: "holiday" });
    expect(line && traceText(line).en).toContain("no notice for 2035");
    const plain = lineOf("calendar", sceneOf({}), actAt("2035-10-01T09:00:00+08:00"));
    expect(plain?.toJudge).toBeUndefined();
  });

  test("a rest or a permit that depends on holidays asks a person too, where it would bear on the act", () => {
    const rest = { holidays: "only" as const, from: "09:00", to: "11:00", note: "节日市集" };
    const permit = { from: "2035-09-01T00:00:00+08:00", to: "2035-12-01T00:00:00+08:00", note: "许可", active: rest };
    const asked = (rule: Rule, iso: string): string | undefined =>
      lineOf("calendar", sceneOf(rule), actAt(iso))?.toJudge;
    for (const rule of [{ unless: [rest] }, { permits: [permit] }]) {
      expect(asked(rule, "2035-10-02T10:00:00+08:00")).toBe("holiday");
      expect(asked(rule, "2035-10-02T08:58:00+08:00")).toBe("holiday");
      expect(asked(rule, "2035-10-02T12:00:00+08:00")).toBeUndefined();
      expect(asked(rule, "2026-10-12T10:00:00+08:00")).toBeUndefined();
    }
    expect(asked({ permits: [permit] }, "2035-12-02T10:00:00+08:00")).toBeUndefined();
    expect(asked({ unless: [{ ...rest, holidays: "any" }] }, "2035-10-02T12:00:00+08:00")).toBeUndefined();
    const overnight = { ...rest, from: "22:00", to: "02:00" };
    expect(asked({ unless: [overnight] }, "2036-01-01T01:00:00+08:00")).toBe("holiday");
  });

  test("an act outside the hours is none, whoever found it", () => {
    expect(lineOf("calendar", sceneOf(workdays), actAt("2026-10-10T06:00:00+08:00"))?.passed).toBe(false);
  });

  test("permits of the rule and of the place are counted, those near the act named, those of other violations left out", () => {
    const permit = { from: "2026-05-08T09:00:00+08:00", to: "2026-05-09T09:00:00+08:00", note: "临时外摆 17 号" };
    const old = { from: "2026-01-01T00:00:00+08:00", to: "2026-01-02T00:00:00+08:00", note: "旧许可" };
    const scene = sceneOf({ permits: [permit, old, { ...permit, violations: ["STALL"], note: "集市" }] });
    const line = lineOf("permit", scene, actOf([farOut]));
    expect(line).toMatchObject({ passed: true, value: 0, threshold: 2 });
    expect(line?.note?.zh).toBe("临时外摆 17 号 (2026-05-08 09:00 – 2026-05-09 09:00)");
  });
});

test("what stands in an exempt zone is none, and the share is told", () => {
  const exempt = {
    id: "e",
    kind: "exempt" as const,
    polygon: [
      [0.4, 0.6],
      [0.6, 0.6],
      [0.6, 0.8],
      [0.4, 0.8],
    ] as [number, number][],
  };
  const scene = sceneOf({});
  const withExempt = { ...scene, zones: [...scene.zones, exempt] };
  expect(lineOf("exempt", withExempt, actOf([farOut]))).toMatchObject({ passed: false, value: 1 });
  expect(lineOf("exempt", withExempt, actOf([spotOf([0.2, 0.6, 0.1, 0.1])]))).toMatchObject({ passed: true, value: 0 });
  expect(lineOf("exempt", scene, actOf([farOut]))).toBeUndefined();
});

test("time in which the camera could not see is told by its reasons, and nothing is said where it saw", () => {
  const lost = [
    { fromMs: startMs + 10_000, toMs: startMs + 40_000, reason: "low_visibility" as const },
    { fromMs: startMs + 50_000, toMs: startMs + 60_000, reason: "view_moved" as const },
    { fromMs: startMs + 70_000, toMs: startMs + 80_000, reason: "decode_failed" as const },
  ];
  const line = lineOf("visibility", sceneOf({}), actOf([farOut]), lost);
  expect(line).toMatchObject({ passed: true, value: 40 });
  expect(line?.note?.en).toBe("low visibility 30 s, view moved 10 s");
  expect(lineOf("visibility", sceneOf({}), actOf([farOut]))).toBeUndefined();
});

test("every act has the lines of its rule in their order, with thresholds", () => {
  const scene = sceneOf({});
  const [place] = watchedPlaces(scene);
  const trace = place === undefined ? [] : judgeAct(actOf([farOut]), place, scene);
  expect(trace.map((item) => item.filter)).toEqual([
    "roles",
    "calendar",
    "contact",
    "same_place",
    "score",
    "dwell",
    "grace",
    "blind",
  ]);
});
