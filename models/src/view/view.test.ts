import { expect, test } from "vitest";
import { advanceView, emptyViewState, type ViewState } from "./advance-view.ts";
import { compareViews } from "./compare-views.ts";
import { describeView, type ViewSignature } from "./describe-view.ts";
import { measureVisibility } from "./measure-visibility.ts";

const [width, height] = [128, 72];

/** A street of straight edges: boxes of fixed grey at places a small generator gives, smooth enough to be shifted by parts of a pixel. */
function street(dx = 0, dy = 0, light: (grey: number, x: number, y: number) => number = (grey) => grey): Uint8Array {
  const boxes = Array.from({ length: 70 }, (_, i) => {
    const at = (k: number): number => ((i * 7919 + k * 104729 + ((i * i * 31) % 977) * (k + 3)) % 1000) / 1000;
    return { x: at(1) * 150 - 10, y: at(2) * 90 - 10, w: 6 + at(3) * 24, h: 5 + at(4) * 16, grey: 40 + at(5) * 170 };
  });
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) - dx, Math.floor(i / width) - dy];
    let grey = 110;
    for (const box of boxes) {
      const inside = Math.min(x - box.x, box.x + box.w - x, y - box.y, box.y + box.h - y);
      const share = Math.min(1, Math.max(0, inside + 0.5));
      grey = grey * (1 - share) + box.grey * share;
    }
    return Math.max(0, Math.min(255, Math.round(light(grey, i % width, Math.floor(i / width)))));
  });
}
const view = (grey: Uint8Array): ViewSignature => describeView(grey, width, height);
const reference = view(street());

test("the same view stays the same in other light, turned to negative, half covered by nothing known, and after JSON", () => {
  const lights: ((grey: number, x: number, y: number) => number)[] = [
    (grey) => grey,
    (grey) => grey * 0.25,
    (grey) => grey * 0.5 + 110,
    (grey) => 255 - grey,
    (grey, x) => (x > 70 ? grey * 0.5 : grey),
    (grey, x, y) => (x > 30 && x < 100 && y > 10 && y < 50 ? 90 : grey),
  ];
  for (const light of lights) {
    const now: ViewSignature = JSON.parse(JSON.stringify(view(street(0, 0, light))));
    expect(compareViews(reference, now).verdict).toBe("same");
  }
  expect(compareViews(reference, reference).likeness).toBeGreaterThan(0.95);
});

test("a nudge of 2 % of the picture is moved, with its direction and size; what wind does to a pole is not", () => {
  for (const [dx, dy] of [
    [3, 0],
    [-4, 0],
    [0, 3],
    [5, -4],
  ] as const) {
    const found = compareViews(reference, view(street(dx, dy)));
    expect(found.verdict).toBe("moved");
    expect(Math.abs(found.shiftXShare * width - dx)).toBeLessThanOrEqual(1);
    expect(Math.abs(found.shiftYShare * height - dy)).toBeLessThanOrEqual(1);
  }
  expect(compareViews(reference, view(street(0.8, 0.4))).verdict).toBe("same");
});

test("a covered lens is blocked, a bare yard is no verdict", () => {
  const flat = view(new Uint8Array(width * height).fill(120));
  expect(compareViews(reference, flat).verdict).toBe("blocked");
  expect(compareViews(flat, reference).verdict).toBe("unsure");
});

test("a damaged or differently sized signature is refused, not compared", () => {
  expect(() => compareViews({ ...reference, edges: "abc" }, reference)).toThrow("damaged");
  expect(() => compareViews(reference, { ...reference, width: 64 })).toThrow("sizes");
  expect(() => describeView(new Uint8Array(5), width, height)).toThrow("no grey picture");
});

test("visibility names what takes the sight: night, glare, fog, a cover; a clear day is clear", () => {
  const clear = measureVisibility(street(), width, height);
  expect(clear.verdict).toBe("clear");
  const see = (light: (grey: number, x: number, y: number) => number) => {
    const { verdict, reason } = measureVisibility(street(0, 0, light), width, height, clear);
    return [verdict, reason];
  };
  expect(see((grey) => grey * 0.5)).toEqual(["clear", undefined]);
  expect(see((grey) => grey * 0.15)).toEqual(["low", "dark"]);
  expect(see((grey) => grey * 0.05)).toEqual(["blind", "dark"]);
  expect(see((grey, x) => (x < 45 ? 255 : grey))).toEqual(["low", "glare"]);
  expect(see((grey, x) => (x < 90 ? 255 : grey))).toEqual(["blind", "glare"]);
  expect(see((grey) => grey * 0.2 + 150)).toEqual(["low", "rain_or_fog"]);
  expect(see((grey) => grey * 0.04 + 180)).toEqual(["blind", "blocked"]);
});

/** Runs a row of letters through the state: s same, m moved, b blocked, u unsure, d unsure and blind, c unsure and clear. */
function reasons(row: string): (string | null)[] {
  const verdicts = { s: "same", m: "moved", b: "blocked", u: "unsure", d: "unsure", c: "unsure" } as const;
  let state: ViewState = emptyViewState();
  return [...row].map((letter) => {
    const verdict = verdicts[letter as keyof typeof verdicts];
    const visibility =
      letter === "d" ? ({ verdict: "blind" } as const) : letter === "c" ? ({ verdict: "clear" } as const) : undefined;
    const next = advanceView(JSON.parse(JSON.stringify(state)), { verdict }, visibility);
    state = next.state;
    return next.reason;
  });
}

test("one or two odd looks suspend nothing, three of five do, and the view that returns works again", () => {
  expect(reasons("sssmsss").every((reason) => reason === null)).toBe(true);
  expect(reasons("ssmmsss").every((reason) => reason === null)).toBe(true);
  expect(reasons("ssmsmm").at(-1)).toBe("view_moved");
  expect(reasons("mmmsss")).toEqual([null, null, "view_moved", "view_moved", "view_moved", null]);
  expect(reasons("bbb").at(-1)).toBe("view_blocked");
});

test("looks that say nothing leave the state as it is; seeing again ends a night but turns no camera back", () => {
  expect(reasons("mmmuuuuuuu").at(-1)).toBe("view_moved");
  expect(reasons("dddccc").slice(2)).toEqual(["low_visibility", "low_visibility", "low_visibility", null]);
  expect(reasons("mmmcccccc").at(-1)).toBe("view_moved");
  expect(reasons("dddmmm").at(-1)).toBe("view_moved");
});

test("the state does not grow", () => {
  let state = emptyViewState();
  for (let i = 0; i < 1000; i++) state = advanceView(state, { verdict: i % 3 === 0 ? "moved" : "same" }).state;
  expect(JSON.stringify(state).length).toBeLessThan(200);
});
