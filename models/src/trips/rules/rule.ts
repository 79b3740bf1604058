import { localTime } from "../../calendar/local-time.ts";
import type { DisposalFact, SiteFact } from "../../objects/facts.ts";
import type { Text } from "../../violations/define.ts";
import type { Coverage } from "../coverage.ts";
import type { Departure } from "../departures.ts";
import type { GantryPass, TippingEntry, TrackPoint } from "../observations.ts";
import type { TripSettings } from "../settings.ts";
import type { Check, Registered, TripRegister, Verdict } from "../trip.ts";

/** Everything a rule may ask of one trip. */
export interface TripFacts {
  readonly plate: string;
  readonly departure: Departure | null;
  readonly entry: TippingEntry | null;
  readonly gantries: readonly GantryPass[];
  /** Of this trip, cleaned. */
  readonly points: readonly TrackPoint[];
  /** To the entry, or until it is too late for one, or until the truck leaves a site again. */
  readonly endMs: number;
  /** No entry is on record, and by its track it came to stay at a tipping site: the load's way was over, what comes after is another matter. */
  readonly arrivedMs: number | null;
  readonly site: Registered<SiteFact> | null;
  /** Permits of the site, whatever their time; and those in force when it left. */
  readonly permits: readonly Registered<DisposalFact>[];
  readonly inForce: readonly Registered<DisposalFact>[];
  /** The one it runs under, where there is no doubt which. */
  readonly permit: Registered<DisposalFact> | null;
  /** Tonnes brought under that permit before this trip. */
  readonly usedT: number;
  readonly register: TripRegister;
  readonly coverage: Coverage;
  readonly settings: TripSettings;
  readonly timezone: string;
}

export type Said = { verdict: Verdict; text: Text } & Partial<Omit<Check, "rule" | "verdict" | "text">>;
export type Rule = (facts: TripFacts) => Said;

export const cannotSay = (zh: string, en: string): Said => ({ verdict: "cannot_say", text: { zh, en } });
export const notAsked = (zh: string, en: string): Said => ({ verdict: "not_asked", text: { zh, en } });
export const round = (value: number): number => Math.round(value * 10) / 10;

export const keysOf = ({ departure, entry }: TripFacts): string[] => [
  ...(departure === null ? [] : [...departure.passes, ...departure.manifests].map(({ key }) => key)),
  ...(entry === null ? [] : [entry.key]),
];
export const clock = (atMs: number, timezone: string): string => {
  const { minutes } = localTime(atMs, timezone);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${two(minutes / 60)}:${two(minutes % 60)}`;
};
export const isEmpty = ({ departure }: TripFacts): boolean =>
  departure?.passes.some(({ load }) => load === "empty") === true && departure.manifests.length === 0;
export const leftEmpty = notAsked("出场记录为空车。", "It left empty.");
export const unsure = cannotSay(
  "出入方向不明，未见其他出场依据。",
  "Which way it passed the gate is not told, and nothing else says that it left.",
);
export const noDeparture = cannotSay("没有出场依据。", "Nothing tells of a departure.");
export const notInForce = notAsked(
  "出场时没有有效的许可可比对，见“处置许可不在有效期”。",
  "No permit was in force to compare with; see the rule on that.",
);
