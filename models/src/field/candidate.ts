import type { LonLat } from "../geo/gcj02.ts";
import type { TrackFix } from "./place-look.ts";

/** What a recording may belong to. `isStep`: something officers did at a time; `act`: a flagged act of a record; `place`: registered, without a time. */
export const fieldTargetKinds = {
  on_site_check: { zh: "现场核查", en: "On-site check", is: "step" },
  dissuasion: { zh: "现场劝阻并责令改正", en: "Dissuasion on the spot", is: "step" },
  clue: { zh: "线索所记行为", en: "Act of a record", is: "act" },
  site: { zh: "出土工地", en: "Building site", is: "place" },
  tipping: { zh: "消纳点", en: "Tipping site", is: "place" },
} as const;
export type FieldTargetKind = keyof typeof fieldTargetKinds;
export const fieldTargetKindCodes = Object.keys(fieldTargetKinds) as [FieldTargetKind, ...FieldTargetKind[]];

/** A position with the radius in metres within which the truth lies. */
export type PlaceWithError = LonLat & { readonly errorM: number };

/** Instants in ms since 1970; both the same: a moment. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One thing a recording may belong to. `span.known`: the part that something dated bears out, the rest is assumed; absent: all of it. */
export interface FieldCandidate {
  readonly kind: FieldTargetKind;
  /** Id of its row. */
  readonly id: string;
  /** Record it belongs to; null: a registered place. */
  readonly clueId: string | null;
  /** When it happened; null: it has no time, or nobody wrote one down yet. */
  readonly span: (Stretch & { readonly known?: Stretch }) | null;
  readonly officers: readonly { readonly id: string; readonly name: string }[];
  /** People recused from its record. */
  readonly recusedIds: readonly string[];
  readonly at: PlaceWithError | null;
  /** Of a place with an extent: distances run to its edge. */
  readonly radiusM?: number;
  /** Sources that the register names as standing there. */
  readonly ownSources: readonly string[];
}

/** A recording as the rule looks at it. */
export interface FieldClip {
  readonly sourceId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The start may be off by so much to either side. */
  readonly uncertaintyMs: number;
  /** Who had the device by assignment (`carriersOf`). */
  readonly carriers: readonly { readonly personId: string | null; readonly name: string }[];
  /** Who handed the file in: a hint, never a ground. */
  readonly uploaderId: string | null;
  readonly track: readonly TrackFix[];
  /** Of a device that stands. */
  readonly standsAt: PlaceWithError | null;
}

export const targetKey = ({ kind, id }: Pick<FieldCandidate, "kind" | "id">): string => `${kind}:${id}`;
