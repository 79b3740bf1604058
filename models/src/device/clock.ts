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

/** The error of a clock at an instant by one comparison. */
export interface ClockError<S extends ClockSample> {
  readonly sample: S;
  /** What the clock may have gone off between the comparison and the instant. */
  readonly driftMs: number;
  /** Offset, measuring error and drift. */
  readonly errorMs: number;
}

const apartBeyondErrors = (one: ClockSample, other: ClockSample): boolean =>
  Math.abs(one.offsetMs - other.offsetMs) > one.uncertaintyMs + other.uncertaintyMs + driftMs(one.atMs - other.atMs);

/** Of the samples that count the one with the larger error; null: none in reach. */
export function worstErrorAt<S extends ClockSample>(samples: readonly S[], atMs: number): ClockError<S> | null {
  const { before, after } = samplesAround(samples, atMs);
  const around = [before, after].filter((sample) => sample !== undefined);
  // a clock that both sides find the same was not set between them: it has gone off since the nearer one
  const isSame = before !== undefined && after !== undefined && !apartBeyondErrors(before, after);
  const nearestMs = Math.min(...around.map((sample) => Math.abs(sample.atMs - atMs)));
  const errors = around.map((sample): ClockError<S> => {
    const goneMs = driftMs(isSame ? nearestMs : sample.atMs - atMs);
    const errorMs = Math.round(Math.abs(sample.offsetMs) + sample.uncertaintyMs + goneMs);
    return { sample, driftMs: Math.round(goneMs), errorMs };
  });
  return errors.sort((a, b) => b.errorMs - a.errorMs)[0] ?? null;
}

/**
 * What is known of a device's clock at a capture: the larger of the two offsets with its measuring error and what the clock may have gone off to
 * the capture, so that the error is the authority's and not the party's. Null without any sample in reach.
 */
export function clockErrorAt(samples: readonly ClockSample[], atMs: number): number | null {
  return worstErrorAt(samples, atMs)?.errorMs ?? null;
}

/** Whether a comparison that counts was over a limit as it was made: what a clock may have gone off since leaves it unknown, not wrong. */
export function isMeasuredOver(samples: readonly ClockSample[], atMs: number, limitMs: number): boolean {
  const { before, after } = samplesAround(samples, atMs);
  return [before, after].some(
    (sample) => sample !== undefined && Math.abs(sample.offsetMs) + sample.uncertaintyMs > limitMs,
  );
}

/** Two methods that cannot both be right: apart by more than both errors and what a clock goes off between them. */
export interface ClockDisagreement<S extends ClockSample> {
  readonly counted: S;
  readonly other: S;
}

/** On each side of an instant the comparison that counts with every other method's nearest. */
function pairsAt<S extends ClockSample>(samples: readonly S[], atMs: number): ClockDisagreement<S>[] {
  return (["before", "after"] as const).flatMap((side) => {
    const nearest = nearestOfMethods(samples, atMs, side);
    const counted = surest(nearest, atMs);
    if (counted === undefined) return [];
    return nearest.filter((other) => other !== counted).map((other) => ({ counted, other }));
  });
}

export const clockDisagreements = <S extends ClockSample>(
  samples: readonly S[],
  atMs: number,
): ClockDisagreement<S>[] => pairsAt(samples, atMs).filter(({ counted, other }) => apartBeyondErrors(counted, other));

/** A method that does not count, and that says of a clock by more than its own error and the drift that it was over the limit. */
export interface ClockDenial<S extends ClockSample> extends ClockDisagreement<S> {
  /** The clock was off by this at least, if the other is right. */
  readonly leastMs: number;
}

/** What speaks against a clock at an instant although a surer method finds it right, the gravest first. */
export function clockDenialsAt<S extends ClockSample>(
  samples: readonly S[],
  atMs: number,
  limitMs: number,
): ClockDenial<S>[] {
  return pairsAt(samples, atMs)
    .map(({ counted, other }) => {
      const openMs = other.uncertaintyMs + driftMs(other.atMs - atMs);
      return { counted, other, leastMs: Math.round(Math.abs(other.offsetMs) - openMs) };
    })
    .filter(({ leastMs }) => leastMs > limitMs)
    .sort((a, b) => b.leastMs - a.leastMs);
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
