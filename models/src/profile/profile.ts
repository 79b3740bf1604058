import { z } from "zod";
import { leastMergedRate } from "../clue/second-look.ts";
import { flightChecklistsSchema, houseChecklists } from "../flight-checks/index.ts";
import { houseTripSettings, tripSettingsSchema } from "../trips/settings.ts";
import { draftClosingReasons } from "./closing-reasons.ts";

const bilingual = z.object({ zh: z.string().min(1), en: z.string().min(1) });
const code = z.string().regex(/^[A-Z][A-Z_]{2,40}$/);

/**
 * One provision as it stood in a period. `verifiedBy` null means: nobody of the bureau's legal office has checked the text;
 * such a provision may be shown as a draft but never cited in a decision (guard G-21).
 */
export const provisionSchema = z.object({
  law: z.string().min(1),
  article: z.string().min(1),
  use: z.enum(["breached", "punishing"]),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
  range: z.object({ minYuan: z.number().nullable(), maxYuan: z.number().nullable(), warning: z.boolean() }).optional(),
  source: z.string().min(1),
  verifiedBy: z.string().nullable(),
  verifiedOn: z.iso.date().nullable(),
});
export type Provision = z.infer<typeof provisionSchema>;

export const evidenceModeSchema = z.enum(["DIRECT", "CLUE_ONLY"]);
export type EvidenceMode = z.infer<typeof evidenceModeSchema>;

/** A reason of the bureau for closing without filing. */
export const closingReasonSchema = z.object({
  code: z.string().regex(/^[a-z][a-z_]{1,39}$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  basis: z.string().min(1),
  verified: z.boolean(),
});
export type ClosingReason = z.infer<typeof closingReasonSchema>;

export const violationPolicySchema = z.object({
  code,
  /** Whether pictures may stand alone as evidence, per kind of source; kinds not named take `default`. */
  evidenceMode: z.object({
    default: evidenceModeSchema,
    bySource: z.record(z.string(), evidenceModeSchema).default({}),
  }),
  /** On the bureau's published list of remote matters, and since when (PD 4). Null: not listed. */
  listedSince: z.iso.date().nullable(),
  /** The authority is competent by its power list 权责清单. */
  competent: z.boolean(),
  /**
   * Both reviews by one certified person (domain H.7 [P]): false, or the document that approved it for this violation. It is the bureau's
   * own paper; `verified` false: nobody has compared it.
   */
  mergedReview: z.union([
    z.literal(false),
    z.object({ document: z.string().min(2), approvedOn: z.iso.date(), verified: z.boolean() }),
  ]),
  /** Punishable only when an order to correct is ignored or late (domain 0.3 no. 6). */
  /** The party is dissuaded and ordered to correct before anything else (PD 15). */
  dissuadeFirst: z.boolean().default(false),
  penaltyPrecondition: z.enum(["NONE", "REFUSED_OR_LATE_CORRECTION"]).default("NONE"),
  /** Ground of the bureau's list by which a decision on it is always a major one (APL 58); null: none. */
  majorReview: z.string().min(2).nullable().default(null),
  provisions: z.array(provisionSchema).default([]),
});
export type ViolationPolicy = z.infer<typeof violationPolicySchema>;

/** One year of the working calendar: the State Council's notice moves rest days, so it is data with its source. */
export const calendarYearSchema = z.object({
  year: z.number().int().min(2000).max(2100),
  /** Statutory holidays and days off in lieu. */
  holidays: z.array(z.iso.date()),
  /** Weekend days that are worked (调休). */
  workedWeekends: z.array(z.iso.date()),
  source: z.string().min(1),
  verified: z.boolean(),
});

/** A due date counted from an event of the case. */
export const timerSchema = z.object({
  id: z.string().regex(/^[a-z_]+$/),
  title: bilingual,
  from: z.enum(["captured", "flagged", "filed"]),
  days: z.number().int().min(1),
  unit: z.enum(["working_day", "calendar_day"]),
  basis: z.string().min(1),
  verified: z.boolean(),
});

const orderWords = {
  requirement: "立即停止涉嫌{act}的行为，清理现场，恢复原状。",
  consequence: "逾期不改正或者拒不改正的，本机关将依法处理；及时改正且情节轻微的，依法不予行政处罚。",
};

/**
 * Everything that differs from place to place, in one file per bureau, checked at start.
 * Facts that no lawyer has confirmed carry `verified: false` or `verifiedBy: null`.
 */
export const profileSchema = z
  .object({
    format: z.literal(1),
    id: z.string().regex(/^[a-z][a-z0-9-]+$/),
    bureau: z.object({
      name: bilingual,
      short: z.string().min(1),
      authorityCode: z.string().min(1),
      address: z.string().nullable(),
      contact: z.string().nullable(),
      phone: z.string().nullable(),
    }),
    jurisdiction: z.enum(["PUDONG", "SHANGHAI", "JIANGSU", "ZHEJIANG"]),
    timezone: z.string().min(1),
    /** Rule of guard G-09's ground: which text lets recordings stand as evidence here; null = none found, everything is CLUE_ONLY. */
    remoteEvidenceBasis: z.string().nullable(),
    publishedList: z
      .object({
        title: z.string(),
        url: z.string().nullable(),
        publishedOn: z.iso.date().nullable(),
        verified: z.boolean(),
      })
      .nullable(),
    violations: z.array(violationPolicySchema),
    review: z.object({
      /** A person looks at every flag before the technical review. */
      prescreen: z.boolean(),
      dueWorkingDays: z.number().int().min(1),
      minPictures: z.number().int().min(1),
      minIntervalS: z.record(code, z.number()).default({}),
      defaultIntervalS: z.number(),
      minWidthPx: z.number().int(),
      minHeightPx: z.number().int(),
      maxClockErrorMs: z.number().int(),
      /** A comparison of the clock on both sides of the act is asked for, not on one (domain D.4 asks for one within 24 h). A house rule. */
      clockBothSides: z.boolean().default(false),
      /** Test of a device is overdue after so many days (PD 7(2) asks for maintenance and tests; the period is a house rule [P]). */
      maintenanceEveryDays: z.number().int().min(1).default(365),
      /** Highest fine from which a decision counts as major (APL 58, local thresholds, unverified); null: the bureau has none. */
      majorFineYuan: z.number().nullable().default(null),
      /** What is not this authority's is handed on within so many working days of its report (SHCG 26 [S]; elsewhere a proposal). */
      transferWorkingDays: z.number().int().min(1).default(3),
      /** The legal reviewer sees nothing of the technical review, nor the model's score, before the own verdict. A house rule. */
      blind: z.boolean().default(false),
      /** Share of known items among what a reviewer gets, and whether the answer is told after the verdict. House rules, off by default. */
      seededShare: z.number().min(0).max(0.5).default(0),
      seededReveal: z.enum(["after_verdict", "statistics"]).default("after_verdict"),
    }),
    /** Number pattern per document kind; `{short}{authority}{kind}〔{year}〕{seq}号`, allocated only at sealing. */
    numbering: z.object({
      pattern: z.string().includes("{seq}"),
      pad: z.number().int().min(0).max(8),
      kinds: z.record(z.string(), z.string()),
    }),
    /** Shares of decisions that another person looks at again, and when merged review is given up: all house rules [P]. */
    secondLooks: z
      .object({
        discardRate: z.number().min(0).max(1),
        /** Drawn discards that nobody re-checked within so many working days stop further discards. */
        discardWorkingDays: z.number().int().min(1),
        mergedRate: z.number().min(leastMergedRate).max(1),
        window: z.number().int().min(1),
        minLooks: z.number().int().min(1),
        maxDisagreement: z.number().min(0).max(1),
      })
      .default({
        discardRate: 0.05,
        discardWorkingDays: 3,
        mergedRate: 0.1,
        window: 200,
        minLooks: 20,
        maxDisagreement: 0.05,
      }),
    /** Reasons for closing a well-founded record without filing (应立尽立; 协调化解类口径): the bureau's list, unverified until checked. */
    closingReasons: z.array(closingReasonSchema).min(1).default(draftClosingReasons),
    /** Dissuasion by message or call: times are house proposals, the text is a draft until the legal office has read it. */
    dissuasion: z
      .object({
        correctWithinMin: z.number().int().min(0),
        minCorrectMin: z.number().int().min(0),
        text: z.string().min(20),
        /** Words of the paper 责令改正通知书; `{act}` stands for the violation. A proposal of the house until the legal office has verified it. */
        requirement: z.string().min(10).default(orderWords.requirement),
        consequence: z.string().min(10).default(orderWords.consequence),
        verified: z.boolean(),
      })
      .default({
        ...orderWords,
        correctWithinMin: 15,
        minCorrectMin: 15,
        text: "【{bureau}】{time}，您在{place}的行为涉嫌{act}。请于{minutes}分钟内自行改正；及时改正且情节轻微的，依法不予处罚。如有异议请联系{contact}。",
        verified: false,
      }),
    /** Figures and the looks that are drawn for them: house numbers, no law. */
    statistics: z
      .object({
        /** Looks that no flag covers, shown to a technical reviewer, per source and day. */
        samplesPerSourceDay: z.number().int().min(0).max(50),
        /** Looks of accepted records among them, whose answer is known. */
        seedsPerSourceDay: z.number().int().min(0).max(10),
        /** A day is drawn from when nothing more has arrived of it for so long; what comes later is told as left out. */
        settleMin: z.number().int().min(0).max(10_080),
        /** Fewer items than this give an interval alone: below 20 a Wilson interval may reach 20 points to either side. */
        minDecided: z.number().int().min(1).max(1_000),
        verified: z.boolean(),
      })
      .default({ samplesPerSourceDay: 2, seedsPerSourceDay: 1, settleMin: 5, minDecided: 20, verified: false }),
    /** On-site check: the number of photos is a proposal of the house, no law asks for it. */
    onSite: z
      .object({ minPhotos: z.number().int().min(1).max(20), verified: z.boolean() })
      .default({ minPhotos: 2, verified: false }),
    /** Thresholds of the comparison of truck trips: house rules, no law. */
    trucks: tripSettingsSchema.default(houseTripSettings),
    /** How long imagery stays (domain D.7, models/retention): the 30 days of public-area video are the law's least, everything else a house rule or the bureau's table. */
    retention: z
      .object({
        publicVideoDays: z.number().int().min(30),
        /** Body-camera recordings not used as evidence: six months at least «M», not verified (domain D.7). */
        bodyRecordingDays: z.number().int().min(180).default(180),
        /** Days beyond its own term that a recording waits for a person where a rule alone says that it may belong to a record: a house rule, not verified. */
        fieldProposedDays: z.number().int().min(0).default(90),
        rejectedImageryDays: z.number().int().min(30),
        closedImageryDays: z.number().int().min(30),
        smallPictureDays: z.number().int().min(30),
        /** Years after a case was closed; null: permanent. */
        caseFileYears: z.number().int().min(10).nullable(),
        verified: z.boolean(),
      })
      .default({
        publicVideoDays: 30,
        bodyRecordingDays: 180,
        fieldProposedDays: 90,
        rejectedImageryDays: 30,
        closedImageryDays: 180,
        smallPictureDays: 730,
        caseFileYears: null,
        verified: false,
      }),
    statement: z.object({ workingDays: z.number().int().min(1), verified: z.boolean(), channels: z.array(z.string()) }),
    timers: z.array(timerSchema),
    calendar: z.array(calendarYearSchema),
    /** Streets and towns 辖区: a source belongs to one, a person to none (the whole bureau) or several. */
    districts: z
      .object({
        items: z.array(
          z.object({
            id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
            name: bilingual,
            /** Its border as longitude, latitude in WGS-84, one ring; how much of it flights have seen is told where it is given. */
            border: z
              .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
              .min(3)
              .optional(),
          }),
        ),
        source: z.string().min(1),
        verified: z.boolean(),
      })
      .default({ items: [], source: "未配置", verified: false }),
    /** What is looked for on every flight. */
    flightChecklists: flightChecklistsSchema.default(houseChecklists),
  })
  .superRefine((profile, context) => {
    const ids = profile.districts.items.map(({ id }) => id);
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) !== index)
        context.addIssue({
          code: "custom",
          path: ["districts", "items", index, "id"],
          message: `${id} appears twice`,
        });
    const seen = new Set<string>();
    for (const [index, violation] of profile.violations.entries()) {
      if (seen.has(violation.code))
        context.addIssue({
          code: "custom",
          path: ["violations", index, "code"],
          message: `${violation.code} appears twice`,
        });
      seen.add(violation.code);
      const direct = [violation.evidenceMode.default, ...Object.values(violation.evidenceMode.bySource)].includes(
        "DIRECT",
      );
      if (direct && profile.remoteEvidenceBasis === null) {
        context.addIssue({
          code: "custom",
          path: ["violations", index, "evidenceMode"],
          message: "DIRECT needs remoteEvidenceBasis: a law that lets recordings stand as evidence (APL 41(1))",
        });
      }
      if (direct && violation.listedSince === null) {
        context.addIssue({
          code: "custom",
          path: ["violations", index, "listedSince"],
          message: "DIRECT needs the matter to be on the published list",
        });
      }
    }
  });
export type Profile = z.infer<typeof profileSchema>;

/** Parses a profile; the error says in one sentence which field is wrong. */
export function parseProfile(value: unknown): { kind: "ok"; profile: Profile } | { kind: "wrong"; sentence: string } {
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return { kind: "ok", profile: parsed.data };
  const reasons = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "(root)"}: ${issue.message}`);
  return { kind: "wrong", sentence: `The bureau profile is wrong: ${reasons.join("; ")}.` };
}

/** The policy of a violation in a bureau, or null where the bureau does not handle it. */
export function findPolicy(profile: Profile, violation: string): ViolationPolicy | null {
  return profile.violations.find((item) => item.code === violation) ?? null;
}

/** What pictures of one kind of source are worth; a violation without a policy is CLUE_ONLY. */
export function evidenceModeOf(profile: Profile, violation: string, sourceKind: string): EvidenceMode {
  const policy = findPolicy(profile, violation);
  return policy ? (policy.evidenceMode.bySource[sourceKind] ?? policy.evidenceMode.default) : "CLUE_ONLY";
}

/** Provisions in force on the day of the act (APL 37: the law at the time of the act). */
export function provisionsOn(policy: ViolationPolicy, day: string): Provision[] {
  return policy.provisions.filter(
    (item) => (item.validFrom === null || item.validFrom <= day) && (item.validTo === null || item.validTo >= day),
  );
}

/** Whether a matter was on the published list on a day. */
export function listedOn(policy: ViolationPolicy, day: string): boolean {
  return policy.listedSince !== null && policy.listedSince <= day;
}

/** Name of a district; null stands for a source that has not been assigned to one. */
export function districtName(profile: Pick<Profile, "districts">, id: string | null): { zh: string; en: string } {
  if (id === null) return { zh: "未划定辖区", en: "no district yet" };
  return profile.districts.items.find((item) => item.id === id)?.name ?? { zh: id, en: id };
}
