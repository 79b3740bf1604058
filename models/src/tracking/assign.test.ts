import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assign, pairUp } from "./assign.ts";

/** Cheapest assignment by trying all. */
function cheapest(cost: readonly number[][]): number {
  const [rows, cols] = [cost.length, cost[0]?.length ?? 0];
  if (rows > cols) return cheapest(Array.from({ length: cols }, (_, c) => cost.map((row) => row[c] ?? 0)));
  const go = (row: number, used: number): number => {
    if (row === rows) return 0;
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0; c < cols; c++)
      if ((used & (1 << c)) === 0) best = Math.min(best, (cost[row]?.[c] ?? 0) + go(row + 1, used | (1 << c)));
    return best;
  };
  return go(0, 0);
}

const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, cols]) =>
  fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: cols, maxLength: cols }), {
    minLength: rows,
    maxLength: rows,
  }),
);

describe("assignment", () => {
  test("no other assignment is cheaper, whatever the shape", () => {
    fc.assert(
      fc.property(matrix, (cost) => {
        const [rows, cols] = [cost.length, cost[0]?.length ?? 0];
        const found = assign(Float64Array.from(cost.flat()), rows, cols);
        const taken = [...found].filter((c) => c >= 0);
        expect(new Set(taken).size).toBe(Math.min(rows, cols));
        expect(taken).toHaveLength(Math.min(rows, cols));
        const sum = [...found].reduce((s, c, r) => s + (c < 0 ? 0 : (cost[r]?.[c] ?? 0)), 0);
        expect(sum).toBe(cheapest(cost));
      }),
      { numRuns: 300 },
    );
  });

  test("what is worth nothing stays alone", () => {
    expect([...pairUp(2, 2, (r, c) => (r === 0 && c === 0 ? 1 : 0))]).toEqual([0, -1]);
    expect([...pairUp(2, 2, (r) => (r === 0 ? 1 : 0))]).toEqual([0, -1]);
    expect([...pairUp(0, 3, () => 1)]).toEqual([]);
  });

  test("the sum counts, not the best single pair", () => {
    const worth = [
      [0.9, 0.8],
      [0.85, 0],
    ];
    expect([...pairUp(2, 2, (r, c) => worth[r]?.[c] ?? 0)]).toEqual([1, 0]);
  });
});
