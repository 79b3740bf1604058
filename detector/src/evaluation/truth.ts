import { z } from "zod";

/** truth.json beside a clip: what really happened in it, seconds from its first frame. */
export const truthSchema = z.object({
  version: z.literal(1),
  clip: z.string().min(1),
  startedAt: z.iso.datetime({ offset: true }),
  durationS: z.number().positive(),
  violations: z.array(z.object({ violation: z.string(), zone: z.string(), fromS: z.number(), toS: z.number() })),
  /** Zones in which nothing may be flagged. */
  quietZones: z.array(z.string()).default([]),
});
export type Truth = z.infer<typeof truthSchema>;
export type TrueAct = Truth["violations"][number];
