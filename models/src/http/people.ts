import { z } from "zod";
import { certificateKindCodes } from "../people/certificates.ts";
import { type Duty, dutyCodes } from "../people/duties.ts";
import { passwordMinLength } from "../people/passwords.ts";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

export const dutySchema = z.enum(dutyCodes as [Duty, ...Duty[]]);
/** Id of a district of the bureau's profile. */
export const districtIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
export const districtSchema = z.object({ id: z.string(), name: bilingualSchema });
export type DistrictView = z.infer<typeof districtSchema>;

export const signInBodySchema = z.object({ login: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export const personSchema = z.object({
  id: idSchema,
  login: z.string(),
  name: z.string(),
  badgeNo: z.string().nullable(),
  duties: z.array(dutySchema),
  /** None: the whole bureau. */
  districts: z.array(z.string()),
});
export type PersonView = z.infer<typeof personSchema>;

/** GET /api/session: who is signed in (null: nobody), and what the sign-in page needs. */
export const sessionSchema = z.object({
  person: personSchema.nullable(),
  /** The password was handed out by the administrator: nothing else is open before it is changed. */
  mustChangePassword: z.boolean(),
  bureau: z.object({
    id: z.string(),
    nameZh: z.string(),
    nameEn: z.string(),
    demo: z.boolean(),
    districts: z.array(districtSchema),
  }),
});

/** POST /api/session/step-up: the password once more, before steps of the law. */
export const stepUpBodySchema = z.object({ password: z.string().min(1).max(200) });
export const stepUpSchema = z.object({ until: instantSchema });
/** POST /api/session/password: the own password; every other session of the account ends. */
export const passwordBodySchema = z.object({
  current: z.string().min(1).max(200),
  next: z.string().min(passwordMinLength).max(200),
});

/** GET /api/sessions: the own sessions, newest first. DELETE /api/sessions/others ends all but this one. */
export const sessionListSchema = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      openedAt: instantSchema,
      lastSeenAt: instantSchema,
      current: z.boolean(),
      /** Browser as it named itself; null: unknown. */
      agent: z.string().nullable(),
    }),
  ),
});
export const sessionsEndedSchema = z.object({ ended: z.number().int() });

/** GET /api/people?duty=handler&clueId=: who may be named, and for that record, why not. */
export const peopleSchema = z.object({
  items: z.array(
    personSchema.omit({ login: true }).extend({ qualified: z.boolean(), barred: bilingualSchema.nullable() }),
  ),
});

/** One certificate as it was entered; both days included. */
export const certificateSchema = z.object({
  id: idSchema,
  kind: z.enum(certificateKindCodes),
  number: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date(),
  /** Null: demonstration data, or brought over. */
  createdBy: z.string().nullable(),
  createdAt: instantSchema,
  withdrawn: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
});
export type CertificateView = z.infer<typeof certificateSchema>;
export const certificateBodySchema = z
  .object({
    kind: z.enum(certificateKindCodes).default("enforcement"),
    number: z.string().trim().min(1).max(60),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
  })
  .refine(({ validFrom, validTo }) => validFrom <= validTo, {
    path: ["validTo"],
    message: "失效日期早于生效日期 / it ends before it begins",
  });
export type CertificateBody = z.input<typeof certificateBodySchema>;
export const certificateCreatedSchema = z.object({ id: idSchema });
export const withdrawCertificateBodySchema = z.object({ reason: z.string().trim().min(1).max(500) });

/** GET /api/people/accounts (administrator): every account with its certificates, newest first. */
export const accountSchema = personSchema.extend({
  version: z.number().int(),
  demo: z.boolean(),
  disabledAt: instantSchema.nullable(),
  mustChangePassword: z.boolean(),
  createdAt: instantSchema,
  /** Newest sign of life of its sessions; null: none is open. */
  lastSeenAt: instantSchema.nullable(),
  certificates: z.array(certificateSchema),
  /** Where the qualification stands today. */
  qualification: z.object({
    state: z.enum(["none", "lapsed", "expiring", "valid"]),
    until: z.iso.date().nullable(),
  }),
});
export type AccountView = z.infer<typeof accountSchema>;
export const accountsSchema = z.object({ items: z.array(accountSchema) });

/** POST /api/people (administrator). Duties that the law keeps apart are refused together. */
export const newPersonBodySchema = z.object({
  login: z.string().regex(/^[a-z0-9._-]{2,40}$/),
  name: z.string().trim().min(1).max(60),
  badgeNo: z.string().trim().min(1).max(40).optional(),
  duties: z.array(dutySchema).min(1),
  districts: z.array(districtIdSchema).max(100).default([]),
  /** The first certificate; without one the person may not review or handle. */
  certificate: certificateBodySchema.optional(),
});
export type NewPersonBody = z.input<typeof newPersonBodySchema>;
/** The password is made by the server, shown this once, and must be changed at the first sign-in. */
export const personCreatedSchema = z.object({ id: idSchema, login: z.string(), password: z.string() });
/** POST /api/people/{id}/password (administrator): a new password of that kind; every session of the account ends. */
export const passwordResetSchema = z.object({ login: z.string(), password: z.string() });

/** PATCH /api/people/{id} (administrator): what is left out stays. Disabling ends all sessions at once. */
export const changePersonBodySchema = z.object({
  /** Version the page was drawn from; 409 when it has moved on. */
  version: z.number().int(),
  name: z.string().trim().min(1).max(60).optional(),
  badgeNo: z.string().trim().min(1).max(40).nullable().optional(),
  duties: z.array(dutySchema).min(1).optional(),
  districts: z.array(districtIdSchema).max(100).optional(),
  disabled: z.boolean().optional(),
});
export type ChangePersonBody = z.infer<typeof changePersonBodySchema>;
