import type { SecondLookFacts } from "@mingcha/models/clue";
import type { LoadedClue } from "../clues/load-clue.ts";

type Row = LoadedClue["secondLooks"][number];

/** The draw that matters where a record stands: its discard, or the merged review of this round. */
export function rowOf(clue: Pick<LoadedClue, "secondLooks" | "state" | "round">): Row | null {
  const kind = clue.state === "DISCARDED" ? "discard" : "merged";
  return clue.secondLooks.findLast((row) => row.kind === kind && row.round === clue.round) ?? null;
}

/** The same as guards see it. */
export function lookOf(clue: Pick<LoadedClue, "secondLooks" | "state" | "round">): SecondLookFacts | null {
  const row = rowOf(clue);
  return row === null
    ? null
    : {
        kind: row.kind === "discard" ? "discard" : "merged",
        drawn: row.drawn,
        result: resultOf(row),
        ofPersonId: row.ofPersonId,
        byId: row.byId,
      };
}

/** A second look disagreed with a merged review of this record, in whatever round. */
export const disagreedBefore = (clue: Pick<LoadedClue, "secondLooks">): boolean =>
  clue.secondLooks.some((row) => row.kind === "merged" && row.result === "disagree");

export const resultOf = ({ result }: Pick<Row, "result">): "agree" | "disagree" | null =>
  result === "agree" || result === "disagree" ? result : null;
