import type { DisposalFact, SiteFact, TippingFact } from "../objects/facts.ts";
import type { Registered, TripRegister } from "./trip.ts";

/** How long something stood in the register as it is told here; the end is outside. */
interface Stood {
  /** Minus infinity: as it was first entered. A register lags behind what it tells of, and an entry is no event of the street. */
  readonly fromMs: number;
  /** When it was changed or closed; infinity: it still stands. */
  readonly toMs: number;
}
export type Standing<Fact> = Registered<Fact> & Stood;

/** The register with what has changed in it: trips are judged by what stood when they began. */
export interface RegisterHistory {
  readonly sites: readonly Standing<SiteFact>[];
  readonly tippings: readonly Standing<TippingFact>[];
  readonly permits: readonly Standing<DisposalFact>[];
  readonly vehicles: readonly ({ readonly plate: string } & Stood)[];
}

export const stoodAt = ({ fromMs, toMs }: Stood, atMs: number): boolean => fromMs <= atMs && atMs < toMs;

/** The register as it stood at an instant; made once for each span in which nothing changed. */
export function registerAt({ sites, tippings, permits, vehicles }: RegisterHistory): (atMs: number) => TripRegister {
  const all: readonly Stood[] = [...sites, ...tippings, ...permits, ...vehicles];
  const cuts = [...new Set(all.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].sort((a, b) => a - b);
  const made = new Map<number, TripRegister>();
  return (atMs) => {
    const span = cuts.findLastIndex((cutMs) => cutMs <= atMs);
    const known = made.get(span);
    if (known !== undefined) return known;
    const stood = <One extends Stood>(list: readonly One[]): One[] => list.filter((one) => stoodAt(one, atMs));
    const register = {
      sites: stood(sites),
      tippings: stood(tippings),
      permits: stood(permits),
      plates: new Set(stood(vehicles).map(({ plate }) => plate)),
    };
    made.set(span, register);
    return register;
  };
}

/** A register in which nothing ever changed. */
export function unchanging({ sites, tippings, permits, plates }: TripRegister): RegisterHistory {
  const always = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  const standing = <Fact>(list: readonly Registered<Fact>[]): Standing<Fact>[] =>
    list.map((one) => ({ ...one, ...always }));
  return {
    sites: standing(sites),
    tippings: standing(tippings),
    permits: standing(permits),
    vehicles: [...plates].map((plate) => ({ plate, ...always })),
  };
}
