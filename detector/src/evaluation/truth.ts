import { z } from "zod";

/** truth.json beside a clip: what really happened in it, seconds from its first frame. */
export const truthSchema = z.object({
  version: z.literal(1),
  clip: z.string().min(1),
  startedAt: z.iso.datetime({ offset: true }),
  durationS: z.number().positive(),
  violations: z.array(
    z.object({
      violation: z.string(),
      zone: z.string(),
      fromS: z.number(),
      toS: z.number(),
      /** A line on the ground, corners 0..1 of the picture, and how far what stands there reaches beyond it, metres. */
      door: z.object({ line: z.array(z.tuple([z.number(), z.number()])).min(2), beyondM: z.number() }).optional(),
    }),
  ),
  /** Zones in which nothing may be flagged. */
  quietZones: z.array(z.string()).default([]),
});
export type Truth = z.infer<typeof truthSchema>;
export type TrueAct = Truth["violations"][number];
