import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { type ClueEvent, findTransition } from "@mingcha/models/clue";
import { clueInclude, type LoadedClue, loadClue } from "../clues/load-clue.ts";
import { rankByFacts } from "../clues/set-priority.ts";
import type { SignedIn } from "../people/sessions.ts";

const seededInclude = { clue: { include: clueInclude }, answers: true } as const satisfies Prisma.SeededItemInclude;
export type LoadedSeed = Prisma.SeededItemGetPayload<{ include: typeof seededInclude }>;

/** In which queue an item of a stage appears, and whose duty that is. */
export const seededStages = {
  technical: { state: "TECH_REVIEW", duty: "technical_reviewer" },
  legal: { state: "LEGAL_REVIEW", duty: "legal_reviewer" },
} as const;
export type SeededStage = keyof typeof seededStages;
export const stageOf = ({ stage }: { stage: string }): SeededStage => (stage === "legal" ? "legal" : "technical");

/** A record, or a known item dressed as one. */
export interface Opened {
  readonly clue: LoadedClue;
  /** Null: an ordinary record. */
  readonly seed: LoadedSeed | null;
}

/**
 * Loads what an address of the item page means to a person. A known item is there only for reviewers of its stage who did not review the
 * record it is made of; to everybody else it does not exist.
 */
export async function openForReview(db: DatabaseOrTransaction, id: string, person: SignedIn): Promise<Opened> {
  try {
    return { clue: await loadClue(db, id), seed: null };
  } catch (error) {
    const seed = error instanceof AppError && error.code === "NOT_FOUND" ? await findSeed(db, id, person) : null;
    if (seed === null) throw error;
    return { clue: dressSeed(seed, person), seed };
  }
}

/** The known item of an id, if it is one and a person may meet it. */
export async function findSeed(db: DatabaseOrTransaction, id: string, person: SignedIn): Promise<LoadedSeed | null> {
  const seed = await db.seededItem.findUnique({ where: { id }, include: seededInclude });
  if (seed === null) return null;
  const isTheirs = person.duties.includes(seededStages[stageOf(seed)].duty);
  const isKnown = seed.clue.reviews.some(({ reviewerId }) => reviewerId === person.id);
  const isAnswered = seed.answers.some(({ personId }) => personId === person.id);
  return isTheirs && !isKnown && (isAnswered || seed.withdrawnAt === null) ? seed : null;
}

/** Seeds in the given order of ids, each with what its page needs. */
export async function loadSeed(db: DatabaseOrTransaction, id: string): Promise<LoadedSeed> {
  return db.seededItem.findUniqueOrThrow({ where: { id }, include: seededInclude });
}

/**
 * The record as it stood before the review of the stage: no outcome, no case, no words of later steps. Before the technical review it is
 * what the machine said; before the legal review it has the technical one. After the own verdict it stands where that would have led.
 */
export function dressSeed(seed: LoadedSeed, person: SignedIn): LoadedClue {
  const { clue } = seed;
  const stage = stageOf(seed);
  const answer = seed.answers.find(({ personId }) => personId === person.id);
  const before = seededStages[stage].state;
  const to = answer === undefined ? before : (findTransition(before, answer.event as ClueEvent)?.to ?? before);
  const isLegal = stage === "legal";
  const { flag } = clue;
  const violation = isLegal ? clue.violation : flag.violation;
  return {
    ...clue,
    ...rankByFacts({ violation, round: 1, dueAt: clue.dueAt, sourceKind: flag.source.kind }),
    ...(isLegal ? {} : { violation: flag.violation, place: flag.place, from: flag.from, to: flag.to, corrections: [] }),
    id: seed.id,
    state: to,
    // as many steps as a record of that queue has behind it, and the own one
    version: (isLegal ? 2 : 1) + (answer === undefined ? 0 : 1),
    round: 1,
    reviews: isLegal
      ? clue.reviews
          .filter(({ kind, round }) => kind === "technical" && round === clue.round)
          .map((review) => ({ ...review, round: 1, clueId: seed.id }))
      : [],
    note: null,
    closeReason: null,
    closeProposedBy: null,
    prescreenedBy: [],
    confirmedOnSite: false,
    recheck: null,
    mergedIntoId: null,
    dissuasions: [],
    secondLooks: [],
    transfer: null,
    leasedBy: null,
    leasedUntil: null,
    leaser: null,
    case: null,
  };
}
