import type { CheckAnswer, CorrectionBody } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";

type Review = ClueDetail["reviews"][number];

/** What became of a correction that was asked for. */
export type AskedOutcome = "waiting" | "done" | "otherwise" | "notDone";

export interface RoundChange {
  /** The round that ended with sending back. */
  readonly round: number;
  /** Who sent it back: a review, or (null) a later step whose words stand in the record's note. */
  readonly askedBy: Review | null;
  readonly asked: readonly (CorrectionBody & { readonly outcome: AskedOutcome })[];
  /** The first review of the next round; null: not answered yet. */
  readonly answer: Review | null;
  /** Questions whose answer or note differs between the rounds, with both. */
  readonly differing: readonly {
    readonly id: string;
    readonly before: CheckAnswer | null;
    readonly after: CheckAnswer | null;
  }[];
  readonly sameTotal: number;
}

/** Each sending back with what was answered to it: who reads the record sees at once what changed. Oldest first. */
export function compareRounds(clue: Pick<ClueDetail, "reviews" | "corrections" | "round">): RoundChange[] {
  const changes: RoundChange[] = [];
  for (let round = 1; round < clue.round; round += 1) {
    const inRound = clue.reviews.filter((review) => review.round === round);
    const next = clue.reviews.filter((review) => review.round === round + 1);
    const askedBy = inRound.find(({ result }) => result === "send_back") ?? null;
    const answer = next.find(({ kind }) => kind !== "legal") ?? null;
    const before = inRound.filter(({ kind, result }) => kind !== "legal" && result === "pass").at(-1);
    const ids = [...new Set([...(before?.checklist ?? []), ...(answer?.checklist ?? [])].map(({ id }) => id))];
    const pairs = ids.map((id) => ({
      id,
      before: before?.checklist.find((item) => item.id === id) ?? null,
      after: answer?.checklist.find((item) => item.id === id) ?? null,
    }));
    const isSame = ({ before: a, after: b }: (typeof pairs)[number]) =>
      a?.answer === b?.answer && (a?.note ?? "") === (b?.note ?? "");
    changes.push({
      round,
      askedBy,
      asked: (askedBy?.asked ?? []).map((item) => ({ ...item, outcome: outcomeOf(item, clue, round + 1, answer) })),
      answer,
      differing: answer === null ? [] : pairs.filter((pair) => !isSame(pair)),
      sameTotal: answer === null ? 0 : pairs.filter(isSame).length,
    });
  }
  return changes;
}

function outcomeOf(
  asked: CorrectionBody,
  { corrections }: Pick<ClueDetail, "corrections">,
  round: number,
  answer: Review | null,
): AskedOutcome {
  const made = corrections.find((item) => item.round === round && item.field === asked.field);
  if (made !== undefined) return sameValue(asked, made.newValue) ? "done" : "otherwise";
  return answer === null ? "waiting" : "notDone";
}

const sameValue = ({ field, value }: CorrectionBody, made: string): boolean =>
  field === "from" || field === "to" ? Date.parse(value) === Date.parse(made) : value === made;
