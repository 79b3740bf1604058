import { z } from "zod";

/** What the officers found, coded; the words stand beside it. `leads`: the step of the clue that such a finding carries. */
export const onSiteResults = {
  confirmed: { zh: "核查属实", en: "Confirmed", leads: "confirm_on_site" },
  corrected: { zh: "核查属实，当事人当场改正", en: "Confirmed, corrected on the spot", leads: "confirm_on_site" },
  not_found: { zh: "未发现该行为", en: "Not found", leads: "not_found" },
  cannot_tell: { zh: "现场无法判断", en: "Cannot tell", leads: null },
} as const;
export type OnSiteResult = keyof typeof onSiteResults;
export const onSiteResultCodes = Object.keys(onSiteResults) as [OnSiteResult, ...OnSiteResult[]];

/** Whether somebody was met. A name is kept only if the person gave it. */
export const partyPresences = {
  absent: { zh: "现场无当事人", en: "Nobody was there" },
  unnamed: { zh: "在场，未表明身份", en: "There, did not say who" },
  named: { zh: "在场，已表明身份", en: "There, said who" },
} as const;
export type PartyPresence = keyof typeof partyPresences;
export const partyPresenceCodes = Object.keys(partyPresences) as [PartyPresence, ...PartyPresence[]];

/** What a photo shows: the place with what surrounds it, the thing itself, something else (a licence, a sign). */
export const onSitePhotoKinds = {
  wide: { zh: "全景", en: "Wide", proves: "现场位置、周边参照物与现场全貌" },
  close: { zh: "近景", en: "Close", proves: "现场物品或者行为的细节" },
  other: { zh: "其他", en: "Other", proves: "现场其他情况" },
} as const;
export type OnSitePhotoKind = keyof typeof onSitePhotoKinds;
export const onSitePhotoKindCodes = Object.keys(onSitePhotoKinds) as [OnSitePhotoKind, ...OnSitePhotoKind[]];

/** A position by a phone: WGS-84 degrees, radius of its error in metres. */
export const positionSchema = z.object({
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
  accuracyM: z.number().min(0).max(1_000_000).nullable(),
});
export type Position = z.infer<typeof positionSchema>;

/** What the officers write down. Null: not said yet. */
export const onSiteFindingsSchema = z.object({
  /** When they came, by the phone. */
  arrivedAt: z.iso.datetime({ offset: true }).nullable(),
  position: positionSchema.nullable(),
  result: z.enum(onSiteResultCodes).nullable(),
  findings: z.string().trim().max(4_000),
  /** What the party said, in its own words; personal data. */
  partySaid: z.string().trim().max(4_000),
  party: z.enum(partyPresenceCodes).nullable(),
  /** Only if the person gave it; personal data, never in a log. */
  partyName: z.string().trim().max(120),
  /** The certificate was shown (APL 55). */
  idShown: z.boolean(),
  /** The party was told its rights. */
  rightsTold: z.boolean(),
});
export type OnSiteFindings = z.infer<typeof onSiteFindingsSchema>;

export const emptyFindings: OnSiteFindings = {
  arrivedAt: null,
  position: null,
  result: null,
  findings: "",
  partySaid: "",
  party: null,
  partyName: "",
  idShown: false,
  rightsTold: false,
};
