import type { OnSiteFindings, OnSitePhotoKind, Position } from "./findings.ts";

export interface SignedPhoto {
  readonly sha256: string;
  readonly kind: OnSitePhotoKind;
  readonly takenBy: string;
  /** By the picture's own EXIF, as it is written there. */
  readonly capturedAt: string | null;
  readonly receivedAt: string;
  readonly position: Position | null;
}

export interface SignableCheck {
  readonly id: string;
  readonly clueId: string;
  readonly officerIds: readonly string[];
  readonly dispatchedBy: string;
  readonly findings: OnSiteFindings;
  /** Those in force; a withdrawn photo is no part of what is signed. */
  readonly photos: readonly SignedPhoto[];
}

/**
 * What two officers put their names to: a plain value that RFC 8785 turns into the bytes whose SHA-256 is signed. Everything that a
 * reader of the check relies on is in it and nothing that may change without meaning; photos stand in the order of their hashes.
 */
export function signedContent(check: SignableCheck) {
  return {
    format: 1,
    check: check.id,
    clue: check.clueId,
    officers: [...check.officerIds],
    dispatchedBy: check.dispatchedBy,
    ...check.findings,
    photos: [...check.photos].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
  };
}
