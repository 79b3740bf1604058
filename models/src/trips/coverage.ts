import type { TruckEvent } from "./observations.ts";
import type { TripSettings } from "./settings.ts";

/** When records of a gate or a tipping site were made at all: only where there are some can one that is missing say anything. */
export interface Coverage {
  readonly gate: (site: string, fromMs: number, toMs: number) => boolean;
  readonly tipping: (name: string, fromMs: number, toMs: number) => boolean;
  /** The gate has a pass within the span whose plate nobody is sure of: it may be any truck. */
  readonly unread: (site: string, fromMs: number, toMs: number) => boolean;
}

export function coverageOf(
  events: readonly TruckEvent[],
  { coverageMin }: Pick<TripSettings, "coverageMin">,
): Coverage {
  const gates = new Map<string, number[]>();
  const tippings = new Map<string, number[]>();
  const unread = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, name: string, atMs: number) => {
    const known = map.get(name);
    if (known === undefined) map.set(name, [atMs]);
    else known.push(atMs);
  };
  for (const event of events) {
    if (event.kind === "gate_pass") add(gates, event.site, event.atMs);
    if (event.kind === "gate_pass" && !event.isPlateSure) add(unread, event.site, event.atMs);
    if (event.kind === "tipping_entry") add(tippings, event.tipping, event.atMs);
  }
  const withinMs = coverageMin * 60_000;
  const isCovered = (times: readonly number[] | undefined, fromMs: number, toMs: number): boolean =>
    times?.some((atMs) => atMs <= fromMs && atMs >= fromMs - withinMs) === true &&
    times.some((atMs) => atMs >= toMs && atMs <= toMs + withinMs);
  return {
    gate: (site, fromMs, toMs) => isCovered(gates.get(site), fromMs, toMs),
    tipping: (name, fromMs, toMs) => isCovered(tippings.get(name), fromMs, toMs),
    unread: (site, fromMs, toMs) => unread.get(site)?.some((atMs) => atMs >= fromMs && atMs <= toMs) === true,
  };
}
