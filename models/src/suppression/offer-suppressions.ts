import { type BoxNorm, boxIou, medianBox } from "../geometry/box.ts";
import { isAlike } from "./is-alike.ts";
import { offerKey } from "./offer-key.ts";
import { type SuppressionSettings, suppressionSettings } from "./settings.ts";

/** A box of one rule at one source, 0..1 of the picture. */
export interface PlacedBox {
  readonly sourceId: string;
  readonly ruleKey: string;
  readonly boxNorm: BoxNorm;
}

/** A flag whose clue a person rejected because the machine was wrong. */
export interface RejectedFlag extends PlacedBox {
  readonly id: string;
  /** Hashes of the pictures the person saw. */
  readonly evidenceSha256: readonly string[];
}

/** A look that was rejected again and again at one place: what a person may decide to suppress. */
export interface Offer extends PlacedBox {
  readonly key: string;
  /** Sorted. */
  readonly flagIds: readonly string[];
  /** Hashes of all pictures of these flags, sorted, each once. */
  readonly evidenceSha256: readonly string[];
  readonly proposedUntilMs: number;
  readonly latestUntilMs: number;
}

export interface OfferContext {
  readonly nowMs: number;
  /** Boxes that people upheld: where the machine was right once, nothing is offered. */
  readonly upheld?: readonly PlacedBox[];
  /** Boxes of suppressions in force: what they cover is not offered again. */
  readonly standing?: readonly PlacedBox[];
}

export const dayMs = 86_400_000;
/** Rounds in which a group and its median box settle; two or three are usual. */
const roundsMax = 5;

/**
 * Groups rejected flags (oldest first) of the same source and rule whose boxes are alike, each with IoU ≥ `alikeIou` to the median
 * box of its group, and offers every group that is large enough. Largest first; a flag is in one offer at most.
 */
export function offerSuppressions(
  rejected: readonly RejectedFlag[],
  { nowMs, upheld = [], standing = [] }: OfferContext,
  settings: SuppressionSettings = suppressionSettings,
): Offer[] {
  const places = new Map<string, RejectedFlag[]>();
  for (const flag of rejected) {
    if (standing.some((box) => isSamePlace(box, flag) && isAlike(flag.boxNorm, box.boxNorm, settings))) continue;
    const place = JSON.stringify([flag.sourceId, flag.ruleKey]);
    places.set(place, [...(places.get(place) ?? []), flag]);
  }
  return [...places.values()]
    .flatMap((flags) => groupsOf(flags.slice(-settings.flagsMax), settings))
    .map((group) => offerOf(group, nowMs, settings))
    .filter((offer) => !upheld.some((box) => isSamePlace(box, offer) && touches(box.boxNorm, offer.boxNorm, settings)))
    .sort((a, b) => b.flagIds.length - a.flagIds.length || (a.key < b.key ? -1 : 1));
}

const isSamePlace = (a: PlacedBox, b: PlacedBox): boolean => a.sourceId === b.sourceId && a.ruleKey === b.ruleKey;

/** What was upheld keeps an offer away in either direction: as a part of the box or as something the box is a part of. */
const touches = (upheld: BoxNorm, offered: BoxNorm, settings: SuppressionSettings): boolean =>
  isAlike(upheld, offered, settings) || isAlike(offered, upheld, settings);

interface Group {
  readonly boxNorm: BoxNorm;
  readonly flags: readonly [RejectedFlag, ...RejectedFlag[]];
}

/** Takes a group out around the flag that has most others alike, again and again, until what is left is too few. */
function groupsOf(flags: readonly RejectedFlag[], settings: SuppressionSettings): Group[] {
  // Sorted by id, so that the groups do not hang on the order in which rejections were read.
  const left = new Set([...flags].sort((a, b) => (a.id < b.id ? -1 : 1)));
  const alike = new Map(
    [...left].map((flag) => [
      flag,
      [...left].filter((other) => boxIou(flag.boxNorm, other.boxNorm) >= settings.alikeIou),
    ]),
  );
  const groups: Group[] = [];
  for (;;) {
    const seeds = [...left]
      .map((seed) => ({ seed, others: (alike.get(seed) ?? []).filter((flag) => left.has(flag)).length }))
      .filter(({ others }) => others >= settings.minRejected)
      .sort((a, b) => b.others - a.others);
    let group: Group | undefined;
    for (const { seed } of seeds) {
      group = settle(seed, [...left], settings);
      if (group !== undefined) break;
    }
    if (group === undefined) return groups;
    groups.push(group);
    for (const flag of group.flags) left.delete(flag);
  }
}

/** The flags alike to their own median box, starting from those alike to a seed; undefined where they are too few. */
function settle(
  seed: RejectedFlag,
  flags: readonly RejectedFlag[],
  { alikeIou, minRejected }: SuppressionSettings,
): Group | undefined {
  const around = (box: BoxNorm) => flags.filter((flag) => boxIou(flag.boxNorm, box) >= alikeIou);
  let boxNorm = seed.boxNorm;
  let members = around(boxNorm);
  for (let round = 0; round < roundsMax; round++) {
    boxNorm = medianBox(members.map((flag) => flag.boxNorm));
    const next = around(boxNorm);
    const isSettled = next.length === members.length;
    members = next;
    if (isSettled) break;
  }
  const [first, ...rest] = members;
  return first === undefined || members.length < minRejected ? undefined : { boxNorm, flags: [first, ...rest] };
}

function offerOf({ boxNorm, flags }: Group, nowMs: number, settings: SuppressionSettings): Offer {
  const [{ sourceId, ruleKey }] = flags;
  const flagIds = flags.map((flag) => flag.id).sort();
  return {
    key: offerKey(sourceId, ruleKey, flagIds),
    sourceId,
    ruleKey,
    boxNorm,
    flagIds,
    evidenceSha256: [...new Set(flags.flatMap((flag) => flag.evidenceSha256))].sort(),
    proposedUntilMs: nowMs + settings.proposedDays * dayMs,
    latestUntilMs: nowMs + settings.longestDays * dayMs,
  };
}
