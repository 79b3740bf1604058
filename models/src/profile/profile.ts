import { z } from "zod";

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
  mergedReview: z.boolean(),
  /** Punishable only when an order to correct is ignored or late (domain 0.3 no. 6). */
  /** The party is dissuaded and ordered to correct before anything else (PD 15). */
  dissuadeFirst: z.boolean().default(false),
  penaltyPrecondition: z.enum(["NONE", "REFUSED_OR_LATE_CORRECTION"]).default("NONE"),
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
    /** Dissuasion by message or call: times are house proposals, the text is a draft until the legal office has read it. */
    dissuasion: z
      .object({
        correctWithinMin: z.number().int().min(0),
        minCorrectMin: z.number().int().min(0),
        text: z.string().min(20),
        verified: z.boolean(),
      })
      .default({
        correctWithinMin: 15,
        minCorrectMin: 15,
        text: "【{bureau}】{time}，您在{place}的行为涉嫌{act}。请于{minutes}分钟内自行改正；及时改正且情节轻微的，依法不予处罚。如有异议请联系{contact}。",
        verified: false,
      }),
    statement: z.object({ workingDays: z.number().int().min(1), verified: z.boolean(), channels: z.array(z.string()) }),
    timers: z.array(timerSchema),
    calendar: z.array(calendarYearSchema),
  })
  .superRefine((profile, context) => {
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
