/** Decisions of which a drawn share is looked at again by another person. */
export const secondLookKinds = {
  /** Noise that somebody at the screens discarded (G-06). */
  discard: { zh: "剔除", en: "Discarded as noise" },
  /** A merged review that passed (H.7). */
  merged: { zh: "二审合一", en: "Merged review" },
} as const;
export type SecondLookKind = keyof typeof secondLookKinds;

/** Below this share sampling of discards counts as switched off. A house rule [P], as the 5 % that profiles start with. */
export const leastDiscardRate = 0.01;
/** H.7 [P]: at least one merged review in ten is looked at again. */
export const leastMergedRate = 0.1;

/**
 * What is drawn: HMAC-SHA-256 over this text with the key of the day. The key is made at random by the day's first draw and kept in the
 * database alone, so nobody can tell beforehand what will be drawn; its SHA-256 goes into the custody log at once, and the key itself is
 * shown to the auditor once its day is over, so that every draw can be computed again.
 */
export const drawText = (kind: SecondLookKind, clueId: string, round: number): string => `${kind}:${clueId}:${round}`;

/** The draw as a number in [0, 1): the first 48 bits of the HMAC over 2^48. */
export const drawValue = (hmacHex: string): number => Number.parseInt(hmacHex.slice(0, 12), 16) / 2 ** 48;

/** Whether a value is drawn at a rate. */
export const isDrawn = (value: number, rate: number): boolean => value < rate;

/** A drawn or undrawn decision as guards see it. */
export interface SecondLookFacts {
  readonly kind: SecondLookKind;
  readonly drawn: boolean;
  readonly result: "agree" | "disagree" | null;
  /** Whose decision it is. */
  readonly ofPersonId: string;
  /** Who looked at it again; null: nobody yet. */
  readonly byId: string | null;
}

/** Drawn, and nobody has looked yet. */
export const isWaiting = (look: SecondLookFacts | null): boolean => look?.drawn === true && look.result === null;
