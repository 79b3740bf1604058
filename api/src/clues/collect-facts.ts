import {
  type ClueEvent,
  type ClueState,
  confirms,
  type GuardFacts,
  isSameAct,
  isStanding,
  joiningMotion,
  leastDiscardRate,
  mergedStops,
  type RecordedReview,
} from "@mingcha/models/clue";
import { evidenceModeOf, findPolicy, listedOn, localDay, provisionsOn } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { deviceAtCapture } from "../devices/device-at-capture.ts";
import { loadDevice } from "../devices/load-device.ts";
import { admitterIdsOf } from "../docks/admissions.ts";
import { carrierIdsOf } from "../field/load-issues.ts";
import { onSiteFacts } from "../on-site/on-site-facts.ts";
import type { SignedIn } from "../people/sessions.ts";
import { findFallback } from "../second-looks/fall-back.ts";
import { disagreedBefore, lookOf } from "../second-looks/look-of.ts";
import { collectPeople, type PeopleFacts } from "./collect-people.ts";
import { findPurpose } from "./find-purpose.ts";
import { findPerhapsSame } from "./find-vehicles.ts";
import { findOriginals, type LoadedClue } from "./load-clue.ts";
import { lookStateOf, ordersGiven, recheckOf } from "./orders-given.ts";
import { checkPictures } from "./picture-rules.ts";

export interface CollectOptions {
  readonly event: ClueEvent;
  readonly handlerIds?: readonly string[] | undefined;
  readonly reasonCode?: string | null;
  /** Re-hash every original (before a verdict) or only look whether it is there (for offering buttons). */
  readonly rehash: boolean;
}

/** Steps whose officers are those of the on-site check, whoever else is named. */
export const byCheckOfficers: readonly string[] = ["confirm_on_site", "not_found"];

/** Gathers from database and store what the guards look at. Pure decisions follow in models/clue. */
export async function collectFacts(
  deps: Deps,
  clue: LoadedClue,
  person: SignedIn,
  options: CollectOptions,
): Promise<GuardFacts> {
  const { db, profile } = deps;
  const now = deps.now();
  const { source } = clue.flag;
  // a reviewer waits for all of it: what does not need another's answer is asked for at once
  const [{ clips, originals }, { checks, people }, { device, loaded }, stops, sampling, sameActElsewhere] =
    await Promise.all([
      findOriginals(db, clue).then(async (clips) => ({ clips, originals: await checkOriginals(deps, clips, options) })),
      onSiteFacts(deps, clue).then(async (checks) => ({
        checks,
        people: await collectPeople(db, deps, clue, {
          actorId: person.id,
          namedIds: byCheckOfficers.includes(options.event)
            ? (checks.onSite?.officerIds ?? [])
            : (options.handlerIds ?? []),
        }),
      })),
      loadDevice(db, source.id, clue).then((loaded) => ({
        device: deviceAtCapture(loaded, source.kind, clue, profile.review, source.timezone),
        loaded,
      })),
      findMergedStops(deps, clue),
      findSampling(deps),
      findSameAct(deps, clue),
    ]);
  const purpose = await findPurpose(db, clue, loaded, clips);
  const carrierIds = await carrierIdsOf(db, source.id, clips);
  const admitterIds = await admitterIdsOf(db, clips);
  const policy = findPolicy(profile, clue.violation);
  const day = localDay(clue.from, clue.flag.source.timezone);
  return {
    event: options.event,
    actor: people.actor,
    reasonCode: options.reasonCode ?? null,
    originals,
    deviceKnown: true,
    device,
    pictureRules: checkPictures(profile, {
      violation: clue.violation,
      pictures: clue.flag.evidence,
      clips,
      clockErrorMs: device.clockErrorMs,
      clockDoubted: false,
      clockDeniedMs: null,
    }).flatMap(({ id, passed, text, value, limit }) =>
      // the clock has a sentence of its own
      id === "clock" ? [] : [{ passed, zh: `${text.zh} ${value}（${limit}）`, en: `${text.en} ${value} (${limit})` }],
    ),
    collectorIds: [
      ...clips.flatMap((clip) => (clip.collectorId === null ? [] : [clip.collectorId])),
      ...purpose.pilotIds,
      ...carrierIds,
      ...admitterIds,
    ],
    handlers: people.handlers,
    reviews: reviewsInForce(clue, new Set(clips.map((clip) => clip.sha256)), people),
    policy: {
      evidenceMode: evidenceModeOf(profile, clue.violation, clue.flag.source.kind),
      listed: policy !== null && listedOn(policy, day),
      competent: policy?.competent ?? false,
      mergedAllowed: policy !== null && policy.mergedReview !== false,
      mergedStops: stops,
      dissuadeFirst: policy?.dissuadeFirst ?? false,
      onlyIfNotCorrected: policy?.penaltyPrecondition === "REFUSED_OR_LATE_CORRECTION",
    },
    confirmedOnSite: clue.confirmedOnSite && confirms(checks.onSite),
    ...checks,
    prescreenedBy: clue.prescreenedBy,
    everReviewedBy: [
      ...clue.reviews.map(({ reviewerId }) => reviewerId),
      ...clue.secondLooks.flatMap(({ kind, byId }) => (kind === "merged" && byId !== null ? [byId] : [])),
    ],
    dissuasions: ordersGiven(clue).map((order) => ({
      correctByMs: order.correctBy.getTime(),
      look: lookStateOf(order),
    })),
    recheck: recheckOf(clue),
    nowMs: now.getTime(),
    closeProposedBy: clue.closeProposedBy,
    purposeLacks: purpose.lacks,
    secondLook: lookOf(clue),
    sampling,
    sameActElsewhere,
  };
}

function checkOriginals({ store }: Deps, clips: readonly { sha256: string }[], { rehash }: CollectOptions) {
  return Promise.all(
    clips.map(async ({ sha256 }) => {
      const present = (await store.find(sha256)) !== null;
      return { present, hashVerified: present && (!rehash || (await store.verify(sha256))) };
    }),
  );
}

/** The latest review of each kind in the present round; sending back starts a new round. */
function reviewsInForce(
  clue: LoadedClue,
  originals: ReadonlySet<string>,
  { qualifiedAt, recused }: PeopleFacts,
): RecordedReview[] {
  const latest = new Map<string, RecordedReview>();
  for (const review of clue.reviews) {
    if (review.round !== clue.round) continue;
    latest.set(review.kind, {
      kind: review.kind as RecordedReview["kind"],
      result: review.result as RecordedReview["result"],
      reviewerId: review.reviewerId,
      mediaMatches: [...originals].every((sha256) => review.mediaSha256.includes(sha256)),
      reviewerQualified: qualifiedAt(review.reviewerId, review.createdAt),
      reviewerRecused: recused(review.reviewerId),
    });
  }
  return [...latest.values()];
}

/** Ids of other clues on their way, or filed, that are the same act (guard G-05). */
async function findSameAct(deps: Deps, clue: LoadedClue): Promise<string[]> {
  const states: readonly ClueState[] = ["READY_TO_FILE", "FILED"];
  // a vehicle that cannot be told from this one stops the case until a person has made out both plates
  if (!isStanding(joiningMotion(findViolation(clue.violation))))
    return (await findPerhapsSame(deps.db, clue)).filter(({ state }) => states.includes(state)).map(({ id }) => id);
  const others = await deps.db.clue.findMany({
    where: { id: { not: clue.id }, violation: clue.violation, place: clue.place, state: { in: [...states] } },
    select: { id: true, violation: true, place: true, from: true, to: true },
  });
  const seen = (row: { violation: string; place: string; from: Date; to: Date }) => ({
    violation: row.violation,
    place: row.place,
    fromMs: row.from.getTime(),
    toMs: row.to.getTime(),
  });
  return others.filter((other) => isSameAct(seen(clue), seen(other))).map((other) => other.id);
}

/** Why the two reviews of this record must be two people's, whatever the policy of its violation allows (domain H.7). */
async function findMergedStops({ db, profile }: Deps, clue: LoadedClue) {
  const policy = findPolicy(profile, clue.violation);
  if (policy === null || policy.mergedReview === false) return [];
  const fallback = await findFallback(db, clue.violation);
  const fines = provisionsOn(policy, localDay(clue.from, clue.flag.source.timezone)).flatMap(({ use, range }) =>
    use === "punishing" && range?.maxYuan ? [range.maxYuan] : [],
  );
  return mergedStops({
    fallbackSince: fallback === null ? null : localDay(fallback.since, profile.timezone),
    disagreedBefore: disagreedBefore(clue),
    majorReview: policy.majorReview,
    highestFineYuan: fines.length === 0 ? null : Math.max(...fines),
    majorFineYuan: profile.review.majorFineYuan,
  });
}

/** Sampling of discards as it stands now (guard G-06). */
export async function findSampling({ db, profile, now }: Pick<Deps, "db" | "profile" | "now">) {
  const { discardRate, discardWorkingDays } = profile.secondLooks;
  const overdue = await db.secondLook.count({
    where: { kind: "discard", drawn: true, result: null, dueAt: { lt: now() } },
  });
  return { rate: discardRate, leastRate: leastDiscardRate, overdue, limitWorkingDays: discardWorkingDays };
}
