import { isRecused } from "@mingcha/models";
import {
  type ClueEvent,
  clueStates,
  type GuardFacts,
  isSameAct,
  isStanding,
  joiningMotion,
  type RecordedReview,
} from "@mingcha/models/clue";
import { evidenceModeOf, findPolicy, listedOn, localDay } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { deviceAtCapture } from "../devices/device-at-capture.ts";
import { loadDevice } from "../devices/load-device.ts";
import { isQualified } from "../people/qualification.ts";
import type { SignedIn } from "../people/sessions.ts";
import { loadStanding, recusalRow } from "../recusals/load-recusals.ts";
import { findOriginals, type LoadedClue } from "./load-clue.ts";
import { checkPictures } from "./picture-rules.ts";

export interface CollectOptions {
  readonly event: ClueEvent;
  readonly handlerIds?: readonly string[] | undefined;
  /** Re-hash every original (before a verdict) or only look whether it is there (for offering buttons). */
  readonly rehash: boolean;
}

/** Gathers from database and store what the guards look at. Pure decisions follow in models/clue. */
export async function collectFacts(
  deps: Deps,
  clue: LoadedClue,
  person: SignedIn,
  options: CollectOptions,
): Promise<GuardFacts> {
  const { db, store, profile } = deps;
  const now = deps.now();
  const clips = await findOriginals(db, clue);
  const originals = await Promise.all(
    clips.map(async ({ sha256 }) => {
      const present = (await store.find(sha256)) !== null;
      return { present, hashVerified: present && (!options.rehash || (await store.verify(sha256))) };
    }),
  );
  const assignedIds = (clue.case?.handlers ?? []).map(({ personId }) => personId);
  const namedIds = new Set(options.handlerIds ?? []);
  const people = await db.person.findMany({
    where: { id: { in: [...namedIds, ...assignedIds, ...clue.reviews.map(({ reviewerId }) => reviewerId)] } },
    include: { certificates: true },
  });
  const recusals = [...clue.recusals.map(recusalRow), ...(await loadStanding(db))];
  const recused = (id: string): boolean => isRecused(recusals, id, clue);
  const handlers = people.filter(
    ({ id, disabledAt, duties }) =>
      assignedIds.includes(id) || (namedIds.has(id) && disabledAt === null && duties.includes("handler")),
  );
  const qualifiedAt = (id: string, at: Date): boolean => {
    const found = people.find((one) => one.id === id);
    return found !== undefined && isQualified(found, at, profile.timezone);
  };
  const policy = findPolicy(profile, clue.violation);
  const { source } = clue.flag;
  const device = deviceAtCapture(
    await loadDevice(db, source.id, clue),
    source.kind,
    clue,
    profile.review.maxClockErrorMs,
  );
  const day = localDay(clue.from, clue.flag.source.timezone);
  return {
    event: options.event,
    actor: {
      kind: "person",
      id: person.id,
      duties: person.duties,
      qualified: person.qualified,
      recused: recused(person.id),
    },
    originals,
    deviceKnown: true,
    device,
    pictureRules: checkPictures(profile, {
      violation: clue.violation,
      pictures: clue.flag.evidence,
      clips,
      clockErrorMs: device.clockErrorMs,
    }).flatMap(({ id, passed, text, value, limit }) =>
      // the clock has a sentence of its own
      id === "clock" ? [] : [{ passed, zh: `${text.zh} ${value}（${limit}）`, en: `${text.en} ${value} (${limit})` }],
    ),
    collectorIds: clips.flatMap((clip) => (clip.collectorId === null ? [] : [clip.collectorId])),
    handlers: handlers.map((handler) => ({
      id: handler.id,
      qualified: qualifiedAt(handler.id, now),
      recused: recused(handler.id),
    })),
    reviews: reviewsInForce(clue, new Set(clips.map((clip) => clip.sha256)), qualifiedAt).map((review) => ({
      ...review,
      reviewerRecused: recused(review.reviewerId),
    })),
    policy: {
      evidenceMode: evidenceModeOf(profile, clue.violation, clue.flag.source.kind),
      listed: policy !== null && listedOn(policy, day),
      competent: policy?.competent ?? false,
      mergedAllowed: policy?.mergedReview ?? false,
      dissuadeFirst: policy?.dissuadeFirst ?? false,
      onlyIfNotCorrected: policy?.penaltyPrecondition === "REFUSED_OR_LATE_CORRECTION",
    },
    confirmedOnSite: clue.confirmedOnSite,
    dissuasions: clue.dissuasions.map(({ correctBy }) => ({ correctByMs: correctBy.getTime() })),
    recheck: clue.recheck === "corrected" || clue.recheck === "not_corrected" ? clue.recheck : null,
    nowMs: now.getTime(),
    closeProposedBy: clue.closeProposedBy,
    sameActElsewhere: await findSameAct(deps, clue),
  };
}

/** The latest review of each kind in the present round; sending back starts a new round. */
function reviewsInForce(
  clue: LoadedClue,
  originals: ReadonlySet<string>,
  qualifiedAt: (personId: string, at: Date) => boolean,
): Omit<RecordedReview, "reviewerRecused">[] {
  const latest = new Map<string, Omit<RecordedReview, "reviewerRecused">>();
  for (const review of clue.reviews) {
    if (review.round !== clue.round) continue;
    latest.set(review.kind, {
      kind: review.kind as RecordedReview["kind"],
      result: review.result as RecordedReview["result"],
      reviewerId: review.reviewerId,
      mediaMatches: [...originals].every((sha256) => review.mediaSha256.includes(sha256)),
      reviewerQualified: qualifiedAt(review.reviewerId, review.createdAt),
    });
  }
  return [...latest.values()];
}

/** Ids of other clues on their way, or filed, that are the same act (guard G-05). */
async function findSameAct(deps: Deps, clue: LoadedClue): Promise<string[]> {
  const motion = joiningMotion(findViolation(clue.violation));
  const others = await deps.db.clue.findMany({
    where: {
      id: { not: clue.id },
      violation: clue.violation,
      place: clue.place,
      state: { in: ["READY_TO_FILE", "FILED"] },
      ...(isStanding(motion) ? {} : { sourceId: { not: clue.sourceId } }),
    },
    select: { id: true, violation: true, place: true, from: true, to: true },
  });
  const seen = (row: { violation: string; place: string; from: Date; to: Date }) => ({
    violation: row.violation,
    place: row.place,
    fromMs: row.from.getTime(),
    toMs: row.to.getTime(),
  });
  return others.filter((other) => isSameAct(seen(clue), seen(other), motion)).map((other) => other.id);
}

/** States in which a clue still goes somewhere. */
export const openStates = (Object.keys(clueStates) as (keyof typeof clueStates)[]).filter(
  (state) => clueStates[state].open,
);
