import { createHash } from "node:crypto";
import { type PriorityLevel, priorityCodes, queueAtOf } from "@mingcha/models/clue";
import type { ClueItem } from "@mingcha/models/http";

/** A number from 0 to 1 that a text always gives. */
export const drawn = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;

/** How long after the only record of a queue a known item may seem to have come. */
const lonelyGapMs = 120_000;
/** A known item further down would be gone again before anybody comes to it: whether one is due is drawn after each verdict. */
const deepest = 10;

export interface SeededPlace {
  /** Index in the page. */
  readonly at: number;
  readonly createdAt: string;
  readonly dueAt: string;
}

/**
 * Where a known item stands in a page, and with which dates, so that it lies in the order of the records around it; null: nowhere near the
 * front. `level` is what its facts make of it.
 */
export function placeSeeded(
  items: readonly ClueItem[],
  order: "newest" | "oldest" | "due",
  { key, level, now }: { key: string; level: PriorityLevel; now: Date },
): SeededPlace | null {
  const [first] = items;
  if (first === undefined) return null;
  return order === "due" ? amongDue(items, { key, level, now }) : behindFirst(items, { key, now });
}

/** After the one in work: it comes next. */
function behindFirst(items: readonly ClueItem[], { key, now }: { key: string; now: Date }): SeededPlace | null {
  const [first, second] = items;
  if (first === undefined) return null;
  const between = (name: "createdAt" | "dueAt"): string => {
    const fromMs = Date.parse(first[name]);
    const lonelyMs = name === "dueAt" ? lonelyGapMs : Math.min(lonelyGapMs, now.getTime() - fromMs);
    const spanMs = second === undefined ? lonelyMs : Date.parse(second[name]) - fromMs;
    return new Date(fromMs + Math.round(spanMs * drawn(key))).toISOString();
  };
  return { at: 1, createdAt: between("createdAt"), dueAt: between("dueAt") };
}

type Ranked = Pick<ClueItem, "dueAt"> & { readonly level: PriorityLevel };
const rankedOf = (item: ClueItem): Ranked => ({ dueAt: item.dueAt, level: item.priority.level });

/** Order of a queue without arrival: negative where `a` comes first. */
function compare(a: Ranked, b: Ranked): number {
  const queueMs = ({ level, dueAt }: Ranked): number => queueAtOf(level, new Date(dueAt)).getTime();
  return queueMs(a) - queueMs(b) || priorityCodes.indexOf(a.level) - priorityCodes.indexOf(b.level);
}

/** The first gap behind the one in work that fits, else before it. Due times end a day, so it takes a neighbour's and none of its own. */
function amongDue(
  items: readonly ClueItem[],
  { key, level, now }: { key: string; level: PriorityLevel; now: Date },
): SeededPlace | null {
  const gaps = [...Array(Math.min(items.length, deepest)).keys()].map((nth) => nth + 1);
  for (const at of [...gaps, 0]) {
    const [left, right] = [items[at - 1], items[at]];
    for (const { dueAt } of [right, left].filter((item) => item !== undefined)) {
      const own = { dueAt, level };
      const toLeft = left === undefined ? -1 : compare(rankedOf(left), own);
      const toRight = right === undefined ? -1 : compare(own, rankedOf(right));
      if (toLeft > 0 || toRight > 0) continue;
      const latestMs = toRight === 0 && right !== undefined ? Date.parse(right.createdAt) : now.getTime();
      const earliestMs =
        toLeft === 0 && left !== undefined
          ? Date.parse(left.createdAt)
          : Math.min(latestMs, Date.parse((right ?? left)?.createdAt ?? now.toISOString())) - lonelyGapMs;
      const spanMs = Math.max(0, Math.min(latestMs - earliestMs, lonelyGapMs));
      return { at, dueAt, createdAt: new Date(earliestMs + Math.round(spanMs * drawn(key))).toISOString() };
    }
  }
  return null;
}
