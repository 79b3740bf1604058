import type { Beyond } from "@mingcha/models/ground";
import type { TrueAct } from "./truth.ts";

type Door = NonNullable<TrueAct["door"]>;
/** `beyond` measures how far the things of the act reach beyond a line, as the rules do. */
export type FoundAct = {
  violation: string;
  zone: string;
  fromS: number;
  toS: number;
  beyond?: (line: Door["line"]) => Beyond;
};
/** A distance beyond a line: the true one, and the measured one with its error or nothing where it was refused; metres. */
export type ScoredMetres = { trueM: number; measured: { m: number; errorM: number } | null };

/** One line of the result: a true act and what was found of it, or something found that is not true. */
export type ScoredAct = {
  violation: string;
  zone: string;
  truth: { fromS: number; toS: number } | null;
  found: { fromS: number; toS: number } | null;
  /** How far the ends are off, in looks; null where there is no pair. */
  fromOffLooks: number | null;
  toOffLooks: number | null;
  verdict: "hit" | "ends_off" | "missed" | "doubled" | "false";
  /** Left out where no distance is known of the truth, or nothing was found. */
  metres?: ScoredMetres;
};

/** Ends may be off by this many looks. */
export const toleranceLooks = 2;

const overlapS = (a: FoundAct, b: TrueAct): number => Math.min(a.toS, b.toS) - Math.max(a.fromS, b.fromS);

function metresOf({ door }: TrueAct, { beyond }: FoundAct): ScoredMetres | undefined {
  if (door === undefined || beyond === undefined) return undefined;
  const measured = beyond(door.line);
  return {
    trueM: door.beyondM,
    measured: "refused" in measured ? null : { m: measured.farthestM, errorM: measured.errorM },
  };
}

/** Pairs found acts with true ones of the same violation and zone by greatest overlap; each true act takes one, further ones are doubles. */
export function scoreClip(truths: readonly TrueAct[], found: readonly FoundAct[], lookEveryS: number): ScoredAct[] {
  const toleranceS = toleranceLooks * lookEveryS;
  const free = new Set(found);
  const lines = truths.map((truth): ScoredAct => {
    const best = [...free]
      .filter((f) => f.violation === truth.violation && f.zone === truth.zone && overlapS(f, truth) > -toleranceS)
      .sort((a, b) => overlapS(b, truth) - overlapS(a, truth))[0];
    const line = { violation: truth.violation, zone: truth.zone, truth: { fromS: truth.fromS, toS: truth.toS } };
    if (best === undefined) return { ...line, found: null, fromOffLooks: null, toOffLooks: null, verdict: "missed" };
    free.delete(best);
    const fromOffLooks = (best.fromS - truth.fromS) / lookEveryS;
    const toOffLooks = (best.toS - truth.toS) / lookEveryS;
    const isNear = Math.max(Math.abs(fromOffLooks), Math.abs(toOffLooks)) <= toleranceLooks + 0.05;
    const ends = { fromS: best.fromS, toS: best.toS };
    const metres = metresOf(truth, best);
    const scored = { ...line, found: ends, fromOffLooks, toOffLooks, verdict: isNear ? "hit" : "ends_off" } as const;
    return metres === undefined ? scored : { ...scored, metres };
  });
  const rest = [...free].map((f): ScoredAct => {
    const isDouble = truths.some((t) => t.violation === f.violation && t.zone === f.zone && overlapS(f, t) > 0);
    return {
      violation: f.violation,
      zone: f.zone,
      truth: null,
      found: { fromS: f.fromS, toS: f.toS },
      fromOffLooks: null,
      toOffLooks: null,
      verdict: isDouble ? "doubled" : "false",
    };
  });
  return [...lines, ...rest];
}

export type Rate = { name: string; truths: number; found: number; right: number; precision: number; recall: number };

/** Precision and recall per violation; a double counts against precision, ends that are off do not count against either. */
export function ratesOf(lines: readonly ScoredAct[]): Rate[] {
  const names = [...new Set(lines.map((line) => line.violation))].sort();
  return names.map((name) => {
    const own = lines.filter((line) => line.violation === name);
    const truths = own.filter((line) => line.truth !== null).length;
    const found = own.filter((line) => line.found !== null).length;
    const right = own.filter((line) => line.truth !== null && line.found !== null).length;
    return {
      name,
      truths,
      found,
      right,
      precision: found === 0 ? 1 : right / found,
      recall: truths === 0 ? 1 : right / truths,
    };
  });
}
