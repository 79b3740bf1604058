import type { StatisticsView } from "@mingcha/models/http";
import type { PrecisionGroup } from "@mingcha/models/statistics";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { countFlow } from "./count-flow.ts";
import { measureOutcomes, measureQueues, measureReviews } from "./measure-reviews.ts";
import { agreeOnReviews, agreeOnSamples, countSeeds, measureMisses } from "./measure-samples.ts";
import { countKnown, measureReviewTime } from "./measure-time.ts";
import { measureWatch } from "./measure-watch.ts";
import type { Period } from "./period.ts";

/** Every figure of a period, counted from the rows themselves. Of persons only the own figures of the one who asks are in it. */
export async function makeStatistics(
  { db, profile }: Pick<Deps, "db" | "profile">,
  period: Period,
  group: PrecisionGroup,
  person: SignedIn,
): Promise<StatisticsView> {
  const { minDecided, samplesPerSourceDay, seedsPerSourceDay, verified } = profile.statistics;
  const agreements = async (personId?: string) => {
    const [reviews, samples, seeds] = await Promise.all([
      agreeOnReviews(db, period, minDecided, personId),
      agreeOnSamples(db, period, minDecided, personId),
      countSeeds(db, period, minDecided, personId),
    ]);
    return { reviews, samples, seeds };
  };
  const isReviewer = person.duties.includes("technical_reviewer") || person.duties.includes("legal_reviewer");
  const [flow, queues, reviewed, reviewTimes, known, watched, misses, agreement, own] = await Promise.all([
    countFlow({ db, profile }, period, group),
    measureQueues(db, period),
    measureReviews(db, period, minDecided),
    measureReviewTime(db, period),
    countKnown(db, period, minDecided),
    measureWatch(db, period),
    measureMisses(db, period, minDecided),
    agreements(),
    isReviewer ? agreements(person.id) : null,
  ]);
  const rates = { ...reviewed.rates, ...(await measureOutcomes(db, period, flow.outcomes, minDecided)) };
  const { from, to, timezone, now } = period;
  return {
    period: { from, to, timezone, madeAt: now.toISOString() },
    group,
    settings: { minDecided, samplesPerSourceDay, seedsPerSourceDay, verified },
    ...flow,
    queues,
    waits: reviewed.waits,
    reviewTimes,
    known,
    rates: (["on_time", "sent_back", "wrong", "erased", "corrected"] as const).map((id) => ({ id, ...rates[id] })),
    watched,
    misses,
    agreement,
    own,
  };
}
