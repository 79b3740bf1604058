import type { DeviceRecordCode, DeviceState } from "../device/index.ts";
import type { OnSitePhotoKind, OnSiteResult } from "../on-site/index.ts";
import type { Duty } from "../people/duties.ts";
import type { SecondLookFacts } from "./second-look.ts";
import type { ClueTransition } from "./states.ts";

/** Whoever acts. Machines (API keys, models, sweeps) are actors too, so that they can be refused (G-30). */
export interface Actor {
  readonly kind: "person" | "machine";
  readonly id: string;
  readonly duties: readonly Duty[];
  /** Enforcement certificate valid on the day of the person's own act: today. */
  readonly qualified: boolean;
  /** Certified for legal review too: asked of whoever does both reviews (H.7). */
  readonly legallyQualified: boolean;
  /** Recused from this clue (APL 43). */
  readonly recused: boolean;
}

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** The device over the whole act, its first and its last instant: whatever failed at either. */
export interface DeviceAtCapture {
  /** False: the law names no such source as a recording device. */
  readonly isNamed: boolean;
  readonly state: DeviceState;
  readonly lacks: readonly DeviceRecordCode[];
  /** Why it was suspended, if it was. */
  readonly suspendedBy: readonly Bilingual[];
  readonly metrologySettled: boolean;
  /** Largest error of its clock around the act; null: no sample within a day of it. */
  readonly clockErrorMs: number | null;
  readonly clockLimitMs: number;
  /** The comparison that error is of, as it is named in a refusal; null: none. */
  readonly clockSample: Bilingual | null;
  /** Another method's comparison that says by itself that the clock was over the limit, named with the one that counts; null: none. */
  readonly clockDenied: (Bilingual & { readonly leastMs: number }) | null;
  /** Sides of the act without a comparison, where the bureau asks for both. */
  readonly clockLacks: readonly ("before" | "after")[];
}

export interface RecordedReview {
  readonly kind: "technical" | "legal" | "merged";
  readonly result: "pass" | "fail" | "send_back" | "unsure";
  readonly reviewerId: string;
  /** Every hash the reviewer saw equals the hash of the stored original. */
  readonly mediaMatches: boolean;
  /** The reviewer's certificate covered the day of the review; what it does today is no matter. */
  readonly reviewerQualified: boolean;
  readonly reviewerRecused: boolean;
}

/** The on-site check in force: the newest of this round that was not withdrawn. */
export interface OnSiteFacts {
  readonly officerIds: readonly string[];
  /** Who signed the content as it stands now; a signature under an older content is not among them. */
  readonly signedBy: readonly string[];
  readonly result: OnSiteResult | null;
  readonly photos: readonly { readonly kind: OnSitePhotoKind }[];
  /** From the bureau's profile. */
  readonly minPhotos: number;
  /** The first instant of it: arrival as the officers wrote it, the first photo as it came in, the first signature in force; null: none of them. */
  readonly beganAtMs: number | null;
}

/** What a guard may look at: plain facts, collected by the server before the transition. */
export interface GuardFacts {
  readonly event: ClueTransition["event"];
  readonly actor: Actor;
  /** Code that comes with the step. */
  readonly reasonCode: string | null;
  readonly originals: readonly { readonly present: boolean; readonly hashVerified: boolean }[];
  readonly deviceKnown: boolean;
  readonly device: DeviceAtCapture;
  /** Picture rules of the house standard; null: cannot be told. */
  readonly pictureRules: readonly { readonly passed: boolean | null; readonly zh: string; readonly en: string }[];
  readonly collectorIds: readonly string[];
  /** Certificates are those of the day of the step. */
  readonly handlers: readonly { readonly id: string; readonly qualified: boolean; readonly recused: boolean }[];
  /** Reviews in force: the latest of each kind since the record was last sent back. */
  readonly reviews: readonly RecordedReview[];
  readonly policy: {
    readonly evidenceMode: "DIRECT" | "CLUE_ONLY";
    readonly listed: boolean;
    readonly competent: boolean;
    readonly mergedAllowed: boolean;
    /** Why it is not for this record, although the policy of the violation allows it. */
    readonly mergedStops: readonly Bilingual[];
    /** Dissuasion and an order to correct come before a penalty (PD 15). */
    readonly dissuadeFirst: boolean;
    /** Punishable only when an order to correct is ignored or late. */
    readonly onlyIfNotCorrected: boolean;
  };
  /** The check in force confirmed the record, and both officers' signatures stand under it as it is now. */
  readonly confirmedOnSite: boolean;
  /** Null: nobody was sent, or the check was withdrawn. */
  readonly onSite: OnSiteFacts | null;
  /** Officers of every check that was not withdrawn, in whatever round. */
  readonly everCheckedBy: readonly string[];
  /** Everybody who sent the record on as plausible, discarded it or brought it back. */
  readonly prescreenedBy: readonly string[];
  /** Everybody who ever reviewed the record, in whatever round. */
  readonly everReviewedBy: readonly string[];
  /** Orders to correct that reached the party as far as their channel tells, oldest first; `look`: what was seen there after the time allowed. */
  readonly dissuasions: readonly {
    readonly correctByMs: number;
    readonly look: "present" | "absent" | "blind" | null;
  }[];
  /** What the looking again after the time allowed said, once a handler has said so or two officers were there for it. */
  readonly recheck: "not_corrected" | "corrected" | null;
  readonly nowMs: number;
  /** Who proposed to close without filing; null: nobody did. */
  readonly closeProposedBy: string | null;
  /** What the lawful purpose of the pictures still lacks (G-10); empty: nothing. */
  readonly purposeLacks: readonly Bilingual[];
  /** The draw of the last discard or of the merged review of this round. */
  readonly secondLook: SecondLookFacts | null;
  /** Sampling of discards in this bureau: share, smallest share, drawn ones that wait longer than the limit. */
  readonly sampling: {
    readonly rate: number;
    readonly leastRate: number;
    readonly overdue: number;
    readonly limitWorkingDays: number;
  };
  /** Other open clues or cases for the same act: same place and violation within the continuing period. */
  readonly sameActElsewhere: readonly string[];
}

export interface GuardRow {
  readonly zh: string;
  readonly en: string;
  /** Provision or standard the guard rests on. */
  readonly basis: string;
  /** What would be allowed instead; follows the reason wherever it is shown. */
  readonly allowed: { readonly zh: string; readonly en: string };
  /** Why the facts fail the guard, or null when it holds. */
  readonly refuses: (facts: GuardFacts) => { zh: string; en: string } | null;
}

/** A reason of a guard. */
export const no = (zh: string, en: string) => ({ zh, en });
