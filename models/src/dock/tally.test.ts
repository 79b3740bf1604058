import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dockFileStateCodes, type StateCount, tallyFlight } from "./index.ts";

const count = (state: string, files: number, more: Partial<StateCount> = {}): StateCount => ({
  state,
  files,
  closed: 0,
  unseen: 0,
  counted: files,
  ...more,
});
const nothingSaid = { expected: null, expectedMost: null };

describe("what a flight's files come to", () => {
  test("what only a message names is announced, what never came is missing, what was seen has arrived whatever became of it", () => {
    const counts = [
      count("taken", 4),
      count("refused", 1),
      count("mismatch", 2),
      count("noticed", 3, { unseen: 2 }),
      count("missing", 2, { unseen: 2 }),
    ];
    expect(tallyFlight(counts, nothingSaid)).toEqual({
      arrived: 8,
      announced: 2,
      missing: 2,
      unnamed: 0,
      unfit: 5,
      beyond: 0,
      fewer: 0,
    });
  });

  test("a file found beside does not stand in for one that is missing", () => {
    const counts = [count("taken", 3, { counted: 2 }), count("missing", 1)];
    expect(tallyFlight(counts, { expected: 3, expectedMost: 3 })).toMatchObject({ arrived: 3, missing: 1, unnamed: 0 });
    expect(tallyFlight(counts, { expected: 4, expectedMost: 4 })).toMatchObject({ missing: 1, unnamed: 1, beyond: 0 });
  });

  test("for a file that somebody closed nobody waits, nor is it counted as one that nobody named", () => {
    const counts = [count("taken", 2), count("missing", 1, { closed: 1 }), count("refused", 2, { closed: 1 })];
    expect(tallyFlight(counts, { expected: 5, expectedMost: 5 })).toMatchObject({ missing: 0, unnamed: 0, unfit: 1 });
  });

  test("a dock that expects fewer than it said, and more files than it expects, are told; neither makes a file missing", () => {
    expect(tallyFlight([count("taken", 3)], { expected: 3, expectedMost: 8 })).toMatchObject({ unnamed: 0, fewer: 5 });
    expect(tallyFlight([count("taken", 7)], { expected: 5, expectedMost: 5 })).toMatchObject({ unnamed: 0, beyond: 2 });
  });

  test("nothing is ever negative, and everything that is known has arrived, is announced or never came", () => {
    const rows = fc.uniqueArray(
      fc
        .tuple(fc.constantFrom(...dockFileStateCodes), fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50))
        .map(([state, files, a, b, c]) =>
          count(state, files, { closed: Math.min(a, files), unseen: Math.min(b, files), counted: Math.min(c, files) }),
        ),
      { selector: ({ state }) => state },
    );
    const said = fc.option(fc.nat(60), { nil: null });
    fc.assert(
      fc.property(rows, said, said, (counts, expected, most) => {
        const expectedMost = expected === null ? null : Math.max(expected, most ?? 0);
        const tally = tallyFlight(counts, { expected, expectedMost });
        for (const value of Object.values(tally)) expect(value).toBeGreaterThanOrEqual(0);
        const never = counts.find(({ state }) => state === "missing")?.files ?? 0;
        expect(tally.arrived + tally.announced + never).toBe(counts.reduce((sum, { files }) => sum + files, 0));
        expect(tally.unnamed * tally.beyond).toBe(0);
      }),
    );
  });
});
