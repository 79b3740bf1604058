import type { GuardFacts, RecordedReview } from "./guard-facts.ts";

/** Why the pictures of a device are no evidence (行政处罚法 41(2), guard G-07). */
export const pictureFaults = {
  not_passed: {
    zh: "未经审核或者审核未通过的记录不得作为证据",
    en: "A record that was not reviewed, or failed review, cannot be evidence",
  },
  one_reviewer: { zh: "两项审核为同一人", en: "Both reviews are by the same person" },
  collector_reviewed: { zh: "审核人是采集人", en: "A reviewer collected the record" },
  reviewer_handles: { zh: "审核人不得承办本案", en: "A reviewer may not handle the same case" },
  reviewer_unqualified: {
    zh: "有审核人在审核当日无有效执法证",
    en: "A reviewer held no valid certificate on the day of the review",
  },
  reviewer_recused: { zh: "有审核人应当回避", en: "A reviewer is recused from this record" },
  other_media: { zh: "所审媒体与原件不一致", en: "What was reviewed is not the stored original" },
} as const;
export type PictureFault = keyof typeof pictureFaults;
export const pictureFaultCodes = Object.keys(pictureFaults) as [PictureFault, ...PictureFault[]];

type Facts = Pick<
  GuardFacts,
  "reviews" | "secondLook" | "collectorIds" | "handlers" | "confirmedOnSite" | "everReviewedBy"
>;
const passed = (review: RecordedReview) => review.result === "pass";

/** The first thing that keeps the pictures from being evidence, or null. */
export function pictureFaultOf(facts: Facts): PictureFault | null {
  const { reviews, secondLook, collectorIds, handlers } = facts;
  const merged = reviews.some((review) => review.kind === "merged" && passed(review));
  const technical = reviews.find((review) => review.kind === "technical" && passed(review));
  const legal = reviews.find((review) => review.kind === "legal" && passed(review));
  if (!merged && !(technical && legal)) return "not_passed";
  if (!merged && technical?.reviewerId === legal?.reviewerId) return "one_reviewer";
  const again = secondLook?.kind === "merged" ? secondLook.byId : null;
  const reviewers = [...reviews.map((review) => review.reviewerId), ...(again === null ? [] : [again])];
  if (reviewers.some((id) => collectorIds.includes(id))) return "collector_reviewed";
  if (reviewers.some((id) => handlers.some((handler) => handler.id === id))) return "reviewer_handles";
  if (reviews.some((review) => passed(review) && !review.reviewerQualified)) return "reviewer_unqualified";
  if (reviews.some((review) => passed(review) && review.reviewerRecused)) return "reviewer_recused";
  return reviews.every((review) => review.mediaMatches) ? null : "other_media";
}

/**
 * Whether what two officers found at the place bears the record alone, and why: their own findings and photos are evidence of their own
 * (行政处罚法 42, 46), and the pictures of the device, which are none, stay out of the case. Null: the pictures are evidence, or nobody was there.
 */
export function leftOutOf(facts: Facts): PictureFault | null {
  return facts.confirmedOnSite ? pictureFaultOf(facts) : null;
}

/** Guard G-07: nothing unreviewed is used, and whoever reviewed the record in whatever round does not handle it. */
export function unusableFault(facts: Facts): PictureFault | null {
  if (!facts.confirmedOnSite) return pictureFaultOf(facts);
  return facts.handlers.some(({ id }) => facts.everReviewedBy.includes(id)) ? "reviewer_handles" : null;
}
