import { clockMethods, clockMethodText, isClockMethod } from "./clock-methods.ts";

/** One comparison of a device's clock with Beijing time. Positive: the device runs ahead. */
export type ClockSample = {
  readonly atMs: number;
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
  /** A code of {@link clockMethods}; left out where only one is looked at. */
  readonly method?: string;
  /** False: a machine compared whose own clock nobody had compared. */
  readonly hostKnown?: boolean;
};

/** A sample farther from a capture than this says nothing about it (domain D.4 [P]). */
export const clockReachMs = 24 * 3_600_000;
/** So fast may a device's clock go off between two samples: 20 parts in a million, an ordinary quartz (house rule). */
const driftPpm = 20;
const driftMs = (apartMs: number): number => (Math.abs(apartMs) * driftPpm) / 1e6;

const isMeasured = ({ method }: ClockSample): boolean =>
  method === undefined || !isClockMethod(method) || clockMethods[method].measured;

/** The nearest sample of each method on one side of an instant, within reach. */
function nearestOfMethods<S extends ClockSample>(samples: readonly S[], atMs: number, side: "before" | "after"): S[] {
  const nearest = new Map<string, S>();
  for (const sample of samples) {
    const apartMs = side === "before" ? atMs - sample.atMs : sample.atMs - atMs;
    if (apartMs > clockReachMs || (side === "before" ? apartMs < 0 : apartMs <= 0)) continue;
    const known = nearest.get(sample.method ?? "");
    if (known === undefined || Math.abs(known.atMs - atMs) > apartMs) nearest.set(sample.method ?? "", sample);
  }
  return [...nearest.values()];
}

/** Of several methods the surest counts, what the clock may have gone off since included; one that a machine measured before one a person read. Never a mean. */
function surest<S extends ClockSample>(samples: readonly S[], atMs: number): S | undefined {
  const doubtMs = (sample: S) => sample.uncertaintyMs + driftMs(sample.atMs - atMs);
  return [...samples].sort(
    (a, b) =>
      Number(isMeasured(b)) - Number(isMeasured(a)) ||
      doubtMs(a) - doubtMs(b) ||
      Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs),
  )[0];
}

/** The samples that count before and after an instant, each within reach. */
export function samplesAround<S extends ClockSample>(samples: readonly S[], atMs: number): { before?: S; after?: S } {
  const before = surest(nearestOfMethods(samples, atMs, "before"), atMs);
  const after = surest(nearestOfMethods(samples, atMs, "after"), atMs);
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

const errorOf = ({ offsetMs, uncertaintyMs }: ClockSample): number => Math.abs(offsetMs) + uncertaintyMs;

/** Of the samples that count the one with the larger error. */
export function worstSampleAt<S extends ClockSample>(samples: readonly S[], atMs: number): S | null {
  const { before, after } = samplesAround(samples, atMs);
  const around = [before, after].filter((sample) => sample !== undefined);
  return around.sort((a, b) => errorOf(b) - errorOf(a))[0] ?? null;
}

/**
 * What is known of a device's clock at a capture: the larger of the two offsets with its measuring error, so that the error is the
 * authority's and not the party's. Null without any sample in reach.
 */
export function clockErrorAt(samples: readonly ClockSample[], atMs: number): number | null {
  const worst = worstSampleAt(samples, atMs);
  return worst === null ? null : errorOf(worst);
}

/** Two methods that cannot both be right: apart by more than both errors and what a clock goes off between them. */
export interface ClockDisagreement<S extends ClockSample> {
  readonly counted: S;
  readonly other: S;
}

export function clockDisagreements<S extends ClockSample>(samples: readonly S[], atMs: number): ClockDisagreement<S>[] {
  return (["before", "after"] as const).flatMap((side) => {
    const nearest = nearestOfMethods(samples, atMs, side);
    const counted = surest(nearest, atMs);
    if (counted === undefined) return [];
    return nearest
      .filter(
        (other) =>
          other !== counted &&
          Math.abs(other.offsetMs - counted.offsetMs) >
            other.uncertaintyMs + counted.uncertaintyMs + driftMs(other.atMs - counted.atMs),
      )
      .map((other) => ({ counted, other }));
  });
}

/** An offset as it is shown everywhere: sign, seconds, error. */
export function clockOffsetText({ offsetMs, uncertaintyMs }: Pick<ClockSample, "offsetMs" | "uncertaintyMs">): string {
  return `${offsetMs > 0 ? "+" : ""}${(offsetMs / 1_000).toFixed(3)} ± ${(uncertaintyMs / 1_000).toFixed(3)} s`;
}

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What a reviewer has to know of a clock beside its error: methods that disagree, and a machine whose own clock nobody had compared. */
export function clockDoubtsAt(samples: readonly ClockSample[], atMs: number): Bilingual[] {
  const doubts = clockDisagreements(samples, atMs).map(({ counted, other }): Bilingual => {
    const [one, two] = [clockMethodText(counted.method ?? ""), clockMethodText(other.method ?? "")];
    const [its, others] = [clockOffsetText(counted), clockOffsetText(other)];
    return {
      zh: `${one.zh} ${its} 与 ${two.zh} ${others} 相差超出两者误差之和；未取平均，以前者为准`,
      en: `${one.en} ${its} and ${two.en} ${others} are further apart than their errors; no mean is taken, the former counts`,
    };
  });
  const { before, after } = samplesAround(samples, atMs);
  if (before?.hostKnown === false || after?.hostKnown === false)
    doubts.push({
      zh: "比对所用主机的时钟当时未与授时源核对，误差中已计入该项",
      en: "the machine it was compared with had not been compared with a time server; the error allows for it",
    });
  return doubts.filter(({ zh }, nth) => doubts.findIndex((one) => one.zh === zh) === nth);
}
