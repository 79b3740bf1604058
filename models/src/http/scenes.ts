import { z } from "zod";
import { bilingualSchema, idSchema, instantSchema, sha256Schema } from "./common.ts";
import { sourceSchema } from "./sources.ts";

/** One version of a source's scene. `document` is the scene.json itself. */
export const sceneVersionSchema = z.object({
  version: z.number().int(),
  sha256: sha256Schema,
  /** In force for looks captured from this instant on, until the next version. */
  validFrom: instantSchema,
  createdAt: instantSchema,
  /** Null: it came with footage, no person drew it. */
  createdBy: z.string().nullable(),
  document: z.unknown(),
});
export type SceneVersionView = z.infer<typeof sceneVersionSchema>;

/** A clip that a still may be taken of. */
export const sceneClipSchema = z.object({
  id: idSchema,
  startedAt: instantSchema,
  durationMs: z.number().int(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
});
export type SceneClipView = z.infer<typeof sceneClipSchema>;

/** GET /api/sources/{id}: a source with the versions of its scene (newest first) and its newest clips. */
export const sourceDetailSchema = sourceSchema.extend({
  scenes: z.array(sceneVersionSchema),
  recentClips: z.array(sceneClipSchema),
});
export type SourceDetail = z.infer<typeof sourceDetailSchema>;

/** GET /api/clips/{id}/still: one frame as JPEG, what is private in it blackened. */
export const stillQuerySchema = z.object({
  offsetMs: z.coerce.number().int().min(0).max(864_000_000).default(0),
  /** Not wider than this; the frame's own size if left out. */
  width: z.coerce.number().int().min(64).max(4096).optional(),
});

/** POST /api/sources/{id}/trials: what a drafted scene would have flagged on stored looks. */
export const trialBodySchema = z.object({ scene: z.unknown(), hours: z.number().min(0.1).max(24).default(4) });

const trialFlagSchema = z.object({
  violation: z.string(),
  violationTitle: bilingualSchema,
  zone: z.string(),
  from: instantSchema,
  to: instantSchema,
  dwellS: z.number(),
  boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Only one of the scenes flags it: what the other says. Both do: what has changed. */
  lines: z.array(bilingualSchema),
});
export type TrialFlagView = z.infer<typeof trialFlagSchema>;

export const trialSchema = z.object({
  /** Null: the source has no stored looks yet. */
  span: z.object({ from: instantSchema, to: instantSchema, looks: z.number().int() }).nullable(),
  /** The version it is compared with; null: none was in force. */
  againstVersion: z.number().int().nullable(),
  limits: z.array(bilingualSchema),
  /** Flagged by the draft alone, by the version in force alone, by both. */
  fresh: z.array(trialFlagSchema),
  gone: z.array(trialFlagSchema),
  kept: z.array(trialFlagSchema.extend({ fromShiftS: z.number(), toShiftS: z.number() })),
});
export type TrialView = z.infer<typeof trialSchema>;
