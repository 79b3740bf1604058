/** When merged review of a violation is given up for two reviews by two people: house numbers of the profile [P, domain H.7]. */
export interface DisagreementLimits {
  /** So many newest second looks are counted. */
  readonly window: number;
  /** Fewer say nothing: one disagreement of three looks is not a rate. */
  readonly minLooks: number;
  /** Share of disagreement above which it is given up. */
  readonly maxRate: number;
}

export interface Disagreement {
  readonly looked: number;
  readonly disagreed: number;
  /** Null while fewer than `minLooks` were given. */
  readonly rate: number | null;
  readonly exceeds: boolean;
}

/** Disagreement over the newest second looks of one violation, newest first. */
export function disagreementOf(
  results: readonly ("agree" | "disagree")[],
  { window, minLooks, maxRate }: DisagreementLimits,
): Disagreement {
  const counted = results.slice(0, window);
  const disagreed = counted.filter((result) => result === "disagree").length;
  const rate = counted.length < minLooks ? null : disagreed / counted.length;
  return { looked: counted.length, disagreed, rate, exceeds: rate !== null && rate > maxRate };
}

/** What is known of a record when one person would do both reviews. */
export interface MergedFacts {
  /** The violation fell back to two reviews on this day; null: it did not, or the head lifted it. */
  readonly fallbackSince: string | null;
  /** An earlier merged review of this record was drawn and no second look agreed with it. */
  readonly disagreedBefore: boolean;
  /** The bureau's own ground of APL 58 that always applies to this violation. */
  readonly majorReview: string | null;
  /** Highest fine of the provisions in force; from the bureau's threshold on the decision is a major one. */
  readonly highestFineYuan: number | null;
  readonly majorFineYuan: number | null;
}

/** Why the two reviews must be two people's, although the policy of the violation allows one (domain H.7). */
export function mergedStops(facts: MergedFacts): { zh: string; en: string }[] {
  const { fallbackSince, disagreedBefore, majorReview, highestFineYuan, majorFineYuan } = facts;
  const stops: { zh: string; en: string }[] = [];
  if (fallbackSince !== null)
    stops.push({
      zh: `该违法类型自 ${fallbackSince} 起已自动恢复分别审核，须由机关负责人说明理由后解除`,
      en: `This violation fell back to two separate reviews on ${fallbackSince}; only the head lifts that, with a reason`,
    });
  if (disagreedBefore)
    stops.push({
      zh: "本记录此前的合并审核被抽中而未获复核同意，须由两人分别审核",
      en: "An earlier merged review of this record was drawn and no second look agreed; two people review it",
    });
  if (majorReview !== null)
    stops.push({
      zh: `属重大法制审核情形（${majorReview}，行政处罚法 58），须由两人分别审核`,
      en: `It falls under legal review of major decisions (${majorReview}, APL 58); two people review it`,
    });
  if (majorFineYuan !== null && highestFineYuan !== null && highestFineYuan >= majorFineYuan)
    stops.push({
      zh: `最高罚款 ${highestFineYuan} 元，达到重大法制审核标准（${majorFineYuan} 元，行政处罚法 58，未核实），须由两人分别审核`,
      en: `The highest fine is ${highestFineYuan} yuan, from ${majorFineYuan} yuan on a major decision (APL 58, unverified); two people review it`,
    });
  return stops;
}
