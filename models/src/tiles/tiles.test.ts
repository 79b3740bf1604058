import fc from "fast-check";
import { expect, test } from "vitest";
import { type BoxNorm, boxIou } from "../geometry/box.ts";
import type { Detection } from "../scene/look.ts";
import { mergeTiles } from "./merge-tiles.ts";
import { planTiles, type Tile } from "./plan-tiles.ts";

const picture = { widthPx: 1920, heightPx: 1080 };
const input = { width: 512, height: 288 };
const thing = (boxNorm: BoxNorm, score = 0.8, role: Detection["role"] = "car"): Detection => ({
  label: role ?? "?",
  role,
  score,
  boxNorm,
});

/** What a perfect model sees of things in one tile: their visible part, where at least a quarter is in it. */
function seenIn(tile: Tile, things: readonly Detection[]): Detection[] {
  const [left, top, width, height] = tile.boxNorm;
  return things.flatMap((one) => {
    const [x, y, w, h] = one.boxNorm;
    const x1 = Math.max(x, left);
    const y1 = Math.max(y, top);
    const x2 = Math.min(x + w, left + width);
    const y2 = Math.min(y + h, top + height);
    if (x2 <= x1 || y2 <= y1 || (x2 - x1) * (y2 - y1) < 0.25 * w * h) return [];
    return [{ ...one, boxNorm: [(x1 - left) / width, (y1 - top) / height, (x2 - x1) / width, (y2 - y1) / height] }];
  });
}

test("tiles cover the whole picture, overlap as asked, lie on even pixels and have the shape of the input", () => {
  fc.assert(
    fc.property(
      fc.record({ widthPx: fc.integer({ min: 640, max: 8000 }), heightPx: fc.integer({ min: 480, max: 6000 }) }),
      fc.integer({ min: 2, max: 6 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      (size, across, overlap) => {
        const [whole, ...parts] = planTiles(size, input, { across, overlap });
        expect(whole?.boxNorm).toEqual([0, 0, 1, 1]);
        for (const axis of ["x", "y"] as const) {
          const [length, side] = axis === "x" ? [size.widthPx, "width" as const] : [size.heightPx, "height" as const];
          const at = [...new Set(parts.map(({ cropPx }) => cropPx[axis]))].sort((a, b) => a - b);
          const span = parts[0]!.cropPx[side];
          expect(at[0]).toBe(0);
          // Even pixels: of an odd size the last row or column may be left to the whole picture.
          expect(length - (at.at(-1)! + span)).toBeLessThanOrEqual(1);
          expect(at.at(-1)! + span).toBeLessThanOrEqual(length);
          for (let i = 1; i < at.length; i++)
            expect(at[i - 1]! + span - at[i]!).toBeGreaterThanOrEqual((overlap - 0.05) * span - 4);
          expect(at.every((value) => value % 2 === 0)).toBe(true);
        }
        const { width, height } = parts[0]!.cropPx;
        // Rounded to even pixels: a tile is at most two lower than the input's shape asks.
        if (height < size.heightPx - 1) expect(Math.abs((width * 288) / 512 - height)).toBeLessThanOrEqual(2);
      },
    ),
    { examples: [[{ widthPx: 660, heightPx: 480 }, 6, 0]] },
  );
});

test("only tiles that touch the ground are looked at, and the whole picture always", () => {
  const lowerHalf = [
    [0, 0.55],
    [1, 0.55],
    [1, 1],
    [0, 1],
  ] as const;
  const all = planTiles(picture, input, { across: 4, overlap: 0.2 });
  const some = planTiles(picture, input, { across: 4, overlap: 0.2, area: lowerHalf });
  expect(some.length).toBeLessThan(all.length);
  expect(some[0]?.kind).toBe("whole");
  expect(planTiles(picture, input, { across: 1, overlap: 0.2 })).toHaveLength(1);
});

test("whatever a perfect model sees in tiles, each thing comes out once, in its place, small, large and across edges", () => {
  const share = (max: number) => fc.double({ min: 0, max, noNaN: true });
  const tiles = planTiles(picture, input, { across: 3, overlap: 0.2 });
  fc.assert(
    fc.property(
      share(0.9),
      share(0.9),
      fc.double({ min: 0.012, max: 0.9, noNaN: true }),
      fc.double({ min: 0.02, max: 0.9, noNaN: true }),
      (x, y, w, h) => {
        fc.pre(x + w <= 1 && y + h <= 1);
        const merged = mergeTiles(tiles.map((tile) => ({ tile, detections: seenIn(tile, [thing([x, y, w, h])]) })));
        expect(merged).toHaveLength(1);
        expect(boxIou(merged[0]!.boxNorm, [x, y, w, h])).toBeGreaterThan(0.99);
      },
    ),
    { numRuns: 300 },
  );
});

test("two cars bumper to bumper stay two, and a person before a car stays a person", () => {
  const tiles = planTiles(picture, input, { across: 3, overlap: 0.2 });
  const row = [
    thing([0.3, 0.4, 0.04, 0.04], 0.9),
    thing([0.341, 0.4, 0.04, 0.04], 0.7),
    thing([0.31, 0.39, 0.02, 0.05], 0.6, "person"),
  ];
  const merged = mergeTiles(tiles.map((tile) => ({ tile, detections: seenIn(tile, row) })));
  expect(merged.map(({ role, score }) => [role, score])).toEqual([
    ["car", 0.9],
    ["car", 0.7],
    ["person", 0.6],
  ]);
});

test("a long thing that only tiles saw is joined from its pieces; a piece left alone is none", () => {
  const tiles = planTiles(picture, input, { across: 3, overlap: 0.2 });
  const long = thing([0.05, 0.1, 0.6, 0.1]);
  const parts = tiles.filter(({ kind }) => kind === "part").map((tile) => ({ tile, detections: seenIn(tile, [long]) }));
  const loose = mergeTiles(parts, { sameIou: 0.5, cutShare: 0.2, edgeShare: 0.01, partShare: 0.5 });
  expect(loose).toHaveLength(1);
  expect(boxIou(loose[0]!.boxNorm, long.boxNorm)).toBeGreaterThan(0.99);
  const first = tiles[1]!;
  expect(mergeTiles([{ tile: first, detections: [thing([0.9, 0.4, 0.1, 0.1])] }])).toEqual([]);
});

test("a van that one tile calls a car and the next a truck is one vehicle, with the better score", () => {
  const tiles = planTiles(picture, input, { across: 3, overlap: 0.2 });
  const merged = mergeTiles(
    tiles.map((tile, i) => ({
      tile,
      detections: seenIn(tile, [thing([0.335, 0.45, 0.03, 0.03], 0.5 + i / 100, i % 2 ? "car" : "truck")]),
    })),
  );
  expect(merged).toHaveLength(1);
});
