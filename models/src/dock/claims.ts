import { distanceM } from "../geo/distance.ts";
import { readInstant } from "../trips/read-time.ts";
import type { Said } from "./said.ts";

/** Beyond these a dock's word and the recording's own disagree (house rules). */
export const claimLimits = {
  /** As between two sources of a track (ingest). */
  placeM: 20,
  /** As between two barometers. */
  heightM: 5,
  /** A message states one moment of a camera that turns. */
  yawDeg: 5,
  /**
   * A message is written when a recording ends or begins, in whole seconds, by a clock that may be off by one; the error of the clip's start besides. A
   * clip whose start is less sure than this agrees with no time.
   */
  timeMs: 60_000,
} as const;

/** What a recording says of itself at one moment; null: it does not. WGS-84; metres; degrees, 0 = north, clockwise. */
export interface OwnPoint {
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** Above take-off. */
  readonly heightM: number | null;
  /** Above a datum that `altitudeType` names. */
  readonly altitudeM: number | null;
  readonly gimbalYawDeg: number | null;
}

export interface OwnClip {
  readonly fromMs: number;
  readonly durationMs: number;
  readonly uncertaintyMs: number;
  /** How its start was told (ingest); `received`: by its arrival alone, the file says nothing of it. */
  readonly startMethod: string;
  /** Zone in which a time without one is read. */
  readonly timezone: string;
  readonly altitudeType: string | null;
  readonly points: readonly OwnPoint[];
}

export interface Own {
  /** Of the object; null: none was seen. */
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  /** Null: it was not taken in as a recording. */
  readonly clip: OwnClip | null;
}

/** `open`: it could not be compared. */
export type ClaimVerdict = "agrees" | "differs" | "open";

interface Span {
  readonly least: number;
  readonly most: number;
}

type Compared<W extends string, S, O> = {
  readonly what: W;
  readonly said: S;
  /** Null: the file does not say. */
  readonly own: O | null;
  readonly verdict: ClaimVerdict;
};

/** One thing that a dock's message said of a file, beside what the file itself says. Neither is changed, nothing is averaged. */
export type Claim =
  | Compared<"size", number, number>
  /** The nearest point of the track, and how far it is. */
  | Compared<"place", LonLat, LonLat & { readonly apartM: number }>
  /** Least and most of the recording, m above take-off. */
  | Compared<"relative", number, Span>
  /** The message names no datum: shown, never compared. */
  | Compared<"absolute", number, Span & { readonly datum: string | null }>
  /** The nearest direction of the recording, and how far it is. */
  | Compared<"yaw", number, { readonly deg: number; readonly apartDeg: number }>
  /** As written. */
  | Compared<"time", string, TimeApart>
  /** DJI does not say how it is made: shown beside the SHA-256, never compared. */
  | Compared<"fingerprint", string, string>;

export interface TimeApart {
  readonly fromMs: number;
  readonly toMs: number;
  /** Outside the recording by so much; null: the time cannot be read. */
  readonly apartMs: number | null;
}

interface LonLat {
  readonly longitude: number;
  readonly latitude: number;
}

/** Everything that a message said of a file, compared where it can be: with the nearest moment of the recording, since a message tells none. */
export function compareClaims(said: Said, own: Own): Claim[] {
  return [
    ...sizeClaim(said, own),
    ...placeClaim(said, own.clip),
    ...timeClaim(said, own.clip),
    ...heightClaims(said, own.clip),
    ...yawClaim(said, own.clip),
    ...(said.fingerprint === null
      ? []
      : [{ what: "fingerprint", said: said.fingerprint, own: own.sha256, verdict: "open" } as const]),
  ];
}

/** Whether a time is written with its zone. */
export const hasZone = (text: string): boolean => /(Z|UTC|[+-]\d{2}:?\d{2})$/i.test(text.trim());

const verdictOf = (apart: number, limit: number): ClaimVerdict => (apart > limit ? "differs" : "agrees");

function sizeClaim({ sizeBytes }: Said, own: Own): Claim[] {
  if (sizeBytes === null) return [];
  const verdict = own.sizeBytes === null ? "open" : verdictOf(Math.abs(own.sizeBytes - sizeBytes), 0);
  return [{ what: "size", said: sizeBytes, own: own.sizeBytes, verdict }];
}

function timeClaim({ createdText }: Said, clip: OwnClip | null): Claim[] {
  if (createdText === null) return [];
  if (clip === null || !isDated(clip)) return [{ what: "time", said: createdText, own: null, verdict: "open" }];
  const own = timeApart(createdText, clip);
  return [{ what: "time", said: createdText, own, verdict: timeVerdict(own, clip) }];
}

/** Whether a recording says itself when it was taken. */
export const isDated = ({ startMethod }: Pick<OwnClip, "startMethod">): boolean => startMethod !== "received";

/** A stated time beside the time that a recording is entered under, be it only that of its arrival. */
export function timeApart(
  createdText: string,
  { fromMs, durationMs, timezone }: Pick<OwnClip, "fromMs" | "durationMs" | "timezone">,
): TimeApart {
  const toMs = fromMs + durationMs;
  const saidMs = readInstant(createdText, timezone);
  return { fromMs, toMs, apartMs: saidMs === null ? null : Math.max(fromMs - saidMs, saidMs - toMs, 0) };
}

/** Beyond limit and error together it differs, however unsure the start; within them it agrees only with a start that is sure. */
export function timeVerdict(
  { apartMs }: Pick<TimeApart, "apartMs">,
  { uncertaintyMs }: Pick<OwnClip, "uncertaintyMs">,
): ClaimVerdict {
  if (apartMs === null) return "open";
  if (apartMs > claimLimits.timeMs + uncertaintyMs) return "differs";
  return uncertaintyMs > claimLimits.timeMs ? "open" : "agrees";
}

function placeClaim({ longitude, latitude }: Said, clip: OwnClip | null): Claim[] {
  if (longitude === null || latitude === null) return [];
  const said = { longitude, latitude };
  const own = nearest(
    (clip?.points ?? []).flatMap(({ longitude: east, latitude: north }) => {
      if (east === null || north === null) return [];
      const at = { longitude: east, latitude: north };
      return [{ ...at, apartM: distanceM(said, at) }];
    }),
    ({ apartM }) => apartM,
  );
  return [{ what: "place", said, own, verdict: own === null ? "open" : verdictOf(own.apartM, claimLimits.placeM) }];
}

function heightClaims({ relativeM, absoluteM }: Said, clip: OwnClip | null): Claim[] {
  const points = clip?.points ?? [];
  const heights = points.flatMap(({ heightM }) => heightM ?? []);
  const altitude = spanOf(points.flatMap(({ altitudeM }) => altitudeM ?? []));
  const claims: Claim[] = [];
  if (relativeM !== null) {
    const apartM = nearest(
      heights.map((height) => Math.abs(height - relativeM)),
      (apart) => apart,
    );
    const verdict = apartM === null ? "open" : verdictOf(apartM, claimLimits.heightM);
    claims.push({ what: "relative", said: relativeM, own: spanOf(heights), verdict });
  }
  if (absoluteM !== null) {
    const own = altitude === null ? null : { ...altitude, datum: clip?.altitudeType ?? null };
    claims.push({ what: "absolute", said: absoluteM, own, verdict: "open" });
  }
  return claims;
}

function yawClaim({ gimbalYawDeg }: Said, clip: OwnClip | null): Claim[] {
  if (gimbalYawDeg === null) return [];
  const own = nearest(
    (clip?.points ?? []).flatMap(({ gimbalYawDeg: deg }) =>
      deg === null ? [] : [{ deg, apartDeg: apartDeg(deg, gimbalYawDeg) }],
    ),
    ({ apartDeg: apart }) => apart,
  );
  const verdict = own === null ? "open" : verdictOf(own.apartDeg, claimLimits.yawDeg);
  return [{ what: "yaw", said: gimbalYawDeg, own, verdict }];
}

/** Directions are round: 179° and −179° are 2° apart. */
const apartDeg = (a: number, b: number): number => Math.abs(((((a - b + 180) % 360) + 360) % 360) - 180);

function nearest<T>(all: readonly T[], apart: (one: T) => number): T | null {
  return all.reduce<T | null>((best, one) => (best === null || apart(one) < apart(best) ? one : best), null);
}

function spanOf(values: readonly number[]): Span | null {
  const [first] = values;
  if (first === undefined) return null;
  return values.reduce<Span>(
    ({ least, most }, value) => ({ least: Math.min(least, value), most: Math.max(most, value) }),
    { least: first, most: first },
  );
}
