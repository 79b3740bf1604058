import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { type ClueState, isStanding } from "@mingcha/models/clue";
import {
  endOfSuppression,
  type Offer,
  offerKey,
  offerSuppressions,
  type PlacedBox,
  readSuppression,
  suppressedBoxSchema,
  suppressionSettings,
} from "@mingcha/models/suppression";
import { findViolation } from "@mingcha/models/violations";
import { findRejections, type Rejection } from "./find-rejections.ts";

/** States that say a reviewer saw what the machine saw. */
const upheldStates: ClueState[] = [
  "LEGAL_REVIEW",
  "ADMISSIBLE",
  "VERIFIED",
  "DISSUADED",
  "CLOSE_PROPOSED",
  "READY_TO_FILE",
  "FILED",
  "CLOSED_NO_PENALTY",
];

/** An offer with the rejections it rests on. */
export interface FoundOffer {
  readonly offer: Offer;
  /** In the order of their acts. */
  readonly rejections: readonly [Rejection, ...Rejection[]];
}

export interface FoundOffers {
  readonly offers: readonly FoundOffer[];
  /** Offers of the same period that were approved: key → person id of who did. */
  readonly taken: ReadonlyMap<string, string>;
}

/**
 * What is offered now. A flag that led to a suppression once leads to none again: after its end only new rejections count.
 * Only violations of things that stand: of what passes a flag keeps no box that stays where it is.
 */
export async function findOffers(db: DatabaseOrTransaction, now: Date): Promise<FoundOffers> {
  const since = new Date(now.getTime() - 2 * suppressionSettings.lookBackDays * 86_400_000);
  const rows = await db.suppression.findMany({ where: { approvedAt: { gte: since } } });
  const used = new Set(rows.flatMap((row) => row.flagIds));
  const standing = rows
    .filter((row) => endOfSuppression(readSuppression(row)) > now.getTime())
    .map((row) => placed(row.sourceId, row.ruleKey, row.boxNorm));
  const rejections = (await findRejections(db, now)).filter(
    ({ clue }) => !used.has(clue.flagId) && isStanding(findViolation(clue.violation)?.motion ?? "stands"),
  );
  const byFlag = new Map(rejections.map((rejection) => [rejection.clue.flagId, rejection]));
  const rejected = rejections.map(({ clue: { flag } }) => ({
    ...placed(flag.sourceId, flag.ruleKey, flag.boxNorm),
    id: flag.id,
    evidenceSha256: flag.evidence.map((item) => item.sha256),
  }));
  const upheld = await findUpheld(db, [...new Set(rejected.map((flag) => flag.sourceId))], now);
  const offers = offerSuppressions(rejected, { nowMs: now.getTime(), upheld, standing }).flatMap((offer) => {
    const [first, ...rest] = offer.flagIds
      .flatMap((id) => byFlag.get(id) ?? [])
      .sort((a, b) => a.clue.from.getTime() - b.clue.from.getTime());
    return first === undefined ? [] : [{ offer, rejections: [first, ...rest] as const }];
  });
  const taken = new Map(rows.map((row) => [offerKey(row.sourceId, row.ruleKey, row.flagIds), row.approvedBy]));
  return { offers, taken };
}

const placed = (sourceId: string, ruleKey: string, boxNorm: unknown): PlacedBox => ({
  sourceId,
  ruleKey,
  boxNorm: suppressedBoxSchema.parse(boxNorm),
});

async function findUpheld(db: DatabaseOrTransaction, sourceIds: readonly string[], now: Date): Promise<PlacedBox[]> {
  if (sourceIds.length === 0) return [];
  const clues = await db.clue.findMany({
    where: {
      state: { in: upheldStates },
      sourceId: { in: [...sourceIds] },
      createdAt: { gte: new Date(now.getTime() - suppressionSettings.lookBackDays * 86_400_000) },
    },
    select: { flag: { select: { sourceId: true, ruleKey: true, boxNorm: true } } },
  });
  return clues.map(({ flag }) => placed(flag.sourceId, flag.ruleKey, flag.boxNorm));
}
