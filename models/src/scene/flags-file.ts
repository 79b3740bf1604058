import { z } from "zod";

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const isoTimeSchema = z.iso.datetime({ offset: true });
const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

export const presenceStates = ["present", "absent", "blind"] as const;

/** Every filter a rule may have, in the order in which they are applied. */
export const filterNames = [
  "roles",
  "calendar",
  "permit",
  "exempt",
  "contact",
  "beyond",
  "same_place",
  "count",
  "score",
  "dwell",
  "grace",
  "blind",
  "visibility",
] as const;
export type FilterName = (typeof filterNames)[number];

/** One filter of a rule: what was measured and what was asked for, ready to be said in either language. */
export const traceItemSchema = z.object({
  filter: z.enum(filterNames),
  passed: z.boolean(),
  value: z.union([z.number(), z.string()]),
  threshold: z.union([z.number(), z.string()]),
  /** What bears on this act in particular: a holiday, a permit, the error of a distance, why there is none. */
  note: z.object({ zh: z.string(), en: z.string() }).exactOptional(),
  /** The filter could not decide: the attribute a person has to judge instead. `passed` then only says that the flag stays. */
  toJudge: z.string().exactOptional(),
});
export type TraceItem = z.infer<typeof traceItemSchema>;

export const evidenceKinds = ["wide", "close", "before", "during", "after"] as const;

export const evidencePictureSchema = z.object({
  file: z.string(),
  kind: z.enum(evidenceKinds),
  capturedAt: isoTimeSchema,
  sha256: sha256Schema,
  parentSha256: sha256Schema,
});
export type EvidencePicture = z.infer<typeof evidencePictureSchema>;

export const flagRecordSchema = z.object({
  id: z.string(),
  violation: z.string(),
  zone: z.string(),
  from: isoTimeSchema,
  to: isoTimeSchema,
  dwellS: z.number(),
  score: z.number(),
  boxNorm: boxSchema,
  intervals: z.array(z.object({ state: z.enum(presenceStates), from: isoTimeSchema, to: isoTimeSchema })),
  trace: z.array(z.string()),
  evidence: z.array(evidencePictureSchema),
  /** Still going on at the last look. */
  open: z.boolean(),
  /** Things a person has to judge, the machine did not. */
  toJudge: z.array(z.string()),
  filters: z.array(traceItemSchema),
  /** Separate things that stood there, where the rule tells them apart. */
  spots: z.array(z.object({ boxNorm: boxSchema, from: isoTimeSchema, to: isoTimeSchema })),
});
export type FlagRecord = z.infer<typeof flagRecordSchema>;

/** One clip that was looked at. */
export const mediaRecordSchema = z.object({
  file: z.string(),
  sha256: sha256Schema,
  start: isoTimeSchema,
  startSource: z.enum(["argument", "container", "file_time", "previous_clip"]),
  durationS: z.number(),
  keyframesOnly: z.boolean(),
});
export type MediaRecord = z.infer<typeof mediaRecordSchema>;

/** flags.json, what `npm run analyze` writes. */
export const flagsFileSchema = z.object({
  version: z.literal(1),
  model: z.object({ id: z.string(), sha256: sha256Schema }),
  scene: z.object({ sha256: sha256Schema }),
  media: z.array(mediaRecordSchema),
  flags: z.array(flagRecordSchema),
  /** What came near a flag and why it was none. */
  rejected: z.array(
    z.object({
      violation: z.string(),
      zone: z.string(),
      from: isoTimeSchema,
      to: isoTimeSchema,
      trace: z.array(z.string()),
    }),
  ),
  stats: z.object({
    looks: z.int(),
    looksMissing: z.int(),
    decodeS: z.number(),
    inferenceS: z.number(),
    wallS: z.number(),
  }),
});
export type FlagsFile = z.infer<typeof flagsFileSchema>;
