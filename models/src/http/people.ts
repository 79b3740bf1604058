import { z } from "zod";
import { type Duty, dutyCodes } from "../people/duties.ts";
import { idSchema } from "./common.ts";

export const dutySchema = z.enum(dutyCodes as [Duty, ...Duty[]]);
export const signInBodySchema = z.object({ login: z.string().min(1).max(80), password: z.string().min(1).max(200) });
export const personSchema = z.object({
  id: idSchema,
  login: z.string(),
  name: z.string(),
  badgeNo: z.string().nullable(),
  duties: z.array(dutySchema),
});
export type PersonView = z.infer<typeof personSchema>;

/** GET /api/session: who is signed in (null: nobody), and what the sign-in page needs. */
export const sessionSchema = z.object({
  person: personSchema.nullable(),
  bureau: z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string(), demo: z.boolean() }),
});
/** GET /api/people?duty=handler: who may be named as handler. */
export const peopleSchema = z.object({
  items: z.array(personSchema.omit({ login: true }).extend({ qualified: z.boolean() })),
});

/** POST /api/people (administrator). Duties that the law keeps apart are refused together. */
export const newPersonBodySchema = z.object({
  login: z.string().regex(/^[a-z0-9._-]{2,40}$/),
  name: z.string().trim().min(1).max(60),
  badgeNo: z.string().trim().min(1).max(40).optional(),
  duties: z.array(dutySchema).min(1),
  /** Validity of the enforcement certificate; without it the person may not review or handle. */
  qualifiedFrom: z.iso.date().optional(),
  qualifiedTo: z.iso.date().optional(),
  /** Validity of the qualification for legal review, asked of whoever does both reviews in one sitting. */
  legallyQualifiedFrom: z.iso.date().optional(),
  legallyQualifiedTo: z.iso.date().optional(),
  password: z.string().min(12).max(200),
});
/** PATCH /api/people/{id} (administrator): what is left out stays. Disabling ends all sessions at once. */
export const changePersonBodySchema = newPersonBodySchema
  .omit({ login: true })
  .partial()
  .extend({ disabled: z.boolean().optional() });
