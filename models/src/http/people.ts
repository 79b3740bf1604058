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
