import { z } from "zod";
import { zoneKindSchema } from "../scene/scene.ts";
import { bilingualSchema, idSchema, instantSchema } from "./common.ts";

const lookSchema = z.object({
  sourceName: z.string(),
  place: z.string(),
  timezone: z.string(),
  clipId: idSchema,
  offsetMs: z.number().int(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  capturedAt: instantSchema,
});

export const sampleZoneSchema = z.object({
  id: z.string(),
  kind: zoneKindSchema,
  polygon: z.array(z.tuple([z.number(), z.number()])),
});

export const sampleSchema = lookSchema.extend({
  id: idSchema,
  zones: z.array(sampleZoneSchema),
  /** What the rules of the scene in force look for, each with its zone. */
  options: z.array(z.object({ violation: z.string(), title: bilingualSchema, zoneId: z.string() })),
});
export type SampleView = z.infer<typeof sampleSchema>;

/** GET /api/samples/next: the one look this person is to judge now, and how many wait for an answer of this person. */
export const nextSampleSchema = z.object({ sample: sampleSchema.nullable(), waiting: z.number().int() });
export type NextSample = z.infer<typeof nextSampleSchema>;

/** POST /api/samples/{id}/answers (technical_reviewer). */
export const sampleAnswerBodySchema = z.discriminatedUnion("answer", [
  z.object({ answer: z.literal("nothing") }),
  z.object({ answer: z.literal("cannot_tell") }),
  z.object({ answer: z.literal("violation"), violation: z.string().max(60), zoneId: z.string().max(120) }),
]);
export type SampleAnswerBody = z.infer<typeof sampleAnswerBodySchema>;

/** GET /api/samples/misses: what was seen on looks that no flag covered, newest first; who saw it is not told. */
export const missedLookSchema = lookSchema.extend({
  id: idSchema,
  violation: z.string(),
  violationTitle: bilingualSchema,
  zone: sampleZoneSchema.nullable(),
  seenAt: instantSchema,
});
export type MissedLook = z.infer<typeof missedLookSchema>;
export const missedLooksSchema = z.object({ items: z.array(missedLookSchema) });
