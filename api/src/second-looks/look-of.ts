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

/**
 * An earlier merged review of this record was drawn and no second look agreed with it: one disagreed, or the record was sent back before
 * anybody looked. Either way another draw would only be another try.
 */
export const disagreedBefore = (clue: Pick<LoadedClue, "secondLooks" | "round">): boolean =>
  clue.secondLooks.some(
    (row) => row.kind === "merged" && row.round < clue.round && row.drawn && row.result !== "agree",
  );

export const resultOf = ({ result }: Pick<Row, "result">): "agree" | "disagree" | null =>
  result === "agree" || result === "disagree" ? result : null;
