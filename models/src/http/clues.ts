import { z } from "zod";
import { answerSchema } from "../clue/checklists.ts";
import { correctionReasonCodes } from "../clue/correction-fields.ts";
import { correctionSchema } from "../clue/corrections.ts";
import { priorityCodes } from "../clue/priority.ts";
import { type ClueState, clueStateCodes } from "../clue/states.ts";
import { clueEvents } from "../clue/transitions.ts";
import { closingReasonSchema } from "../profile/profile.ts";
import { bilingualSchema, idSchema, instantSchema, pageQuerySchema, sha256Schema } from "./common.ts";
import { deviceAtSchema } from "./devices.ts";
import { standsSchema } from "./flight-ground.ts";
import { goneSchema } from "./retention.ts";

export const clueStateSchema = z.enum(clueStateCodes as [ClueState, ...ClueState[]]);

/** GET /api/clues: state (several, comma separated), violation, sourceId, `q` searches the place. Queues ask for `order=due`: by due time, then priority, then arrival; what a person made urgent before all. */
export const clueQuerySchema = pageQuerySchema.extend({
  state: z.string().max(200).optional(),
  violation: z.string().max(60).optional(),
  sourceId: z.string().max(120).optional(),
  q: z.string().max(120).optional(),
  order: z.enum(["newest", "oldest", "due"]).default("newest"),
});

export const intervalSchema = z.object({
  state: z.enum(["present", "absent", "blind"]),
  from: instantSchema,
  to: instantSchema,
});

export const clueItemSchema = z.object({
  id: idSchema,
  state: clueStateSchema,
  violation: z.string(),
  violationTitle: bilingualSchema,
  sourceId: z.string(),
  sourceName: z.string(),
  sourceKind: z.string(),
  place: z.string(),
  timezone: z.string(),
  from: instantSchema,
  to: instantSchema,
  ended: z.boolean(),
  dwellS: z.number(),
  /** Null: kept from a reviewer who is to judge without it. */
  score: z.number().nullable(),
  intervals: z.array(intervalSchema),
  /** Evidence id of the picture to show in a list; GET /api/evidence/{id}/media. */
  pictureId: idSchema.nullable(),
  /** DIRECT: pictures may stand alone; CLUE_ONLY: they only point officers to a place. */
  evidenceMode: z.enum(["DIRECT", "CLUE_ONLY"]),
  /** The signed-in person may not act on it (did the other review, collected it, …): why. */
  barred: bilingualSchema.nullable(),
  /** Another person has it open to decide. */
  takenBy: z.object({ name: z.string(), until: instantSchema }).nullable(),
  dueAt: instantSchema,
  priority: z.object({
    level: z.enum(priorityCodes),
    reason: bilingualSchema,
    /** A person set it, for this reason; the machine leaves it alone from then on. */
    manual: z.boolean(),
    note: z.string().nullable(),
  }),
  createdAt: instantSchema,
  version: z.number().int(),
  /** Review rounds so far; sending back starts a new one. */
  round: z.number().int(),
  /** Facts that a reviewer corrected: the value shown is the corrected one. */
  corrected: z.array(z.string()),
  caseId: idSchema.nullable(),
});
export type ClueItem = z.infer<typeof clueItemSchema>;
export const cluesSchema = z.object({
  items: z.array(clueItemSchema),
  next: z.string().nullable(),
  /** Number of clues per state, for the tabs; 1000 means so many or more. */
  counts: z.record(z.string(), z.number().int()),
});

export const evidenceSchema = z.object({
  id: idSchema,
  kind: z.enum(["wide", "close", "before", "during", "after", "clip"]),
  capturedAt: instantSchema,
  sha256: sha256Schema,
  parentSha256: sha256Schema,
  mediaType: z.string(),
  sizeBytes: z.number(),
  widthPx: z.number(),
  heightPx: z.number(),
  /** Offset of the look in its clip, for the player. */
  clipId: idSchema,
  offsetMs: z.number(),
  /** Which part of the frame a close-up shows [x, y, width, height], 0..1; null: the whole frame, or it is not known. */
  cropNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Deleted when its time was over. */
  gone: goneSchema.nullish(),
});
export type EvidenceView = z.infer<typeof evidenceSchema>;

export const reviewViewSchema = z.object({
  id: idSchema,
  kind: z.enum(["technical", "legal", "merged"]),
  result: z.enum(["pass", "fail", "send_back", "unsure"]),
  round: z.number().int(),
  reviewerName: z.string(),
  reviewerBadgeNo: z.string().nullable(),
  /** Of a merged review the technical list. */
  checklist: z.array(answerSchema),
  /** Legal list of a merged review; the two stay two lists (H.7). */
  legalChecklist: z.array(answerSchema).nullable(),
  reasonCode: z.string().nullable(),
  note: z.string().nullable(),
  /** What it was sent back to have corrected. */
  asked: z.array(correctionSchema),
  createdAt: instantSchema,
});

/** One correction: every value a fact ever had, who changed it, when and why. `by` and `note` null: kept from a reviewer who judges blind. */
export const correctionViewSchema = z.object({
  id: idSchema,
  field: z.string(),
  title: bilingualSchema,
  oldValue: z.string().nullable(),
  newValue: z.string(),
  /** Values in words where they have words: a violation's title, an attribute's value. */
  oldText: bilingualSchema.nullable(),
  newText: bilingualSchema,
  reasonCode: z.enum(correctionReasonCodes),
  note: z.string().nullable(),
  by: z.string().nullable(),
  byBadgeNo: z.string().nullable(),
  review: z.enum(["technical", "legal", "merged"]),
  round: z.number().int(),
  at: instantSchema,
});
export type CorrectionView = z.infer<typeof correctionViewSchema>;

/** What could be corrected of a record, with the values in force. */
export const correctableSchema = z.object({
  field: z.string(),
  title: bilingualSchema,
  /** In force now; null: nothing was said of it yet. */
  value: z.string().nullable(),
  valueText: bilingualSchema.nullable(),
  /** Values to choose from; null: free text, or an instant for `from` and `to`. */
  values: z.array(z.object({ value: z.string(), text: bilingualSchema })).nullable(),
  /** Reviews that may correct it; the others send the record back for it. */
  by: z.array(z.enum(["technical", "legal", "merged"])),
});

/** Metres on the ground of the scene, where its calibration gives an honest number; else why it does not. */
export const groundViewSchema = z.object({
  /** Lines of the metre grid over the zone, picture shares. */
  grid: z.object({ stepM: z.number(), lines: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])) }),
  residualM: z.number().nullable(),
  /** Why there are no metres at all. */
  refused: bilingualSchema.nullable(),
  /** How far the flagged thing reaches beyond the door line, the farthest point, with its error (about 95 %). */
  beyond: z
    .union([
      z.object({ farthestM: z.number(), nearestM: z.number(), errorM: z.number() }),
      z.object({ refused: bilingualSchema }),
    ])
    .nullable(),
});

/** A picture rule as pass/fail (GA/T 832 as reference; domain D.1). `value` and `limit` are shown beside it. */
export const pictureRuleSchema = z.object({
  id: z.enum(["count", "interval", "resolution", "clock"]),
  passed: z.boolean().nullable(),
  value: z.string(),
  limit: z.string(),
  text: bilingualSchema,
});

/** What the signed-in person may do now: offered events, each with the guards that would refuse it. */
export const offeredEventSchema = z.object({
  event: z.enum(clueEvents),
  to: clueStateSchema,
  title: bilingualSchema,
  refusals: z.array(z.object({ guard: z.string(), basis: z.string(), zh: z.string(), en: z.string() })),
});

/** The same act seen once more: another camera, a drone, or the same source later (guard G-05). Times in the zone of its own source. */
export const sightingSchema = clueItemSchema
  .pick({
    sourceId: true,
    sourceName: true,
    sourceKind: true,
    timezone: true,
    from: true,
    to: true,
    ended: true,
    dwellS: true,
    score: true,
    evidenceMode: true,
  })
  .extend({
    clueId: idSchema,
    deviceId: z.string().nullable(),
    /** 0..1 of the pictures of this source. */
    boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    evidence: z.array(evidenceSchema),
  });
export type SightingView = z.infer<typeof sightingSchema>;

export const dissuasionChannels = ["sms", "voice", "on_site"] as const;

export const clueDetailSchema = clueItemSchema.extend({
  flag: z.object({
    id: idSchema,
    zoneId: z.string(),
    ruleKey: z.string(),
    boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    modelId: z.string(),
    modelSha256: z.string(),
    /** Why it fired, filter by filter, in both languages. */
    /** `passed` null: the filter could not decide, a person has to. */
    trace: z.array(z.object({ zh: z.string(), en: z.string(), passed: z.boolean().nullable() })),
    judge: z.record(z.string(), bilingualSchema),
    /** What second-stage models said of it at its best look; never a judgement. */
    readings: z.array(bilingualSchema),
    /** Footage that came later no longer shows it: what to tell the reviewer. Null: it is borne out. */
    unsupported: bilingualSchema.nullable(),
  }),
  /** Polygon of the zone and its door line, 0..1 of the picture, for the overlay. */
  zone: z
    .object({
      id: z.string(),
      kind: z.string(),
      polygon: z.array(z.tuple([z.number(), z.number()])),
      line: z.array(z.tuple([z.number(), z.number()])).nullable(),
    })
    .nullable(),
  /** Null: the scene has no calibration. */
  ground: groundViewSchema.nullable(),
  /** Of a flight: where the flagged thing stands. Null: its source does not fly. */
  stands: standsSchema.nullable(),
  scene: z.object({ version: z.number().int(), sha256: sha256Schema }),
  evidence: z.array(evidenceSchema),
  /** Sightings that joined this record, oldest first; `total` counts all of them, from and to span the act over every source. */
  joined: z.object({
    items: z.array(sightingSchema),
    total: z.number().int(),
    from: instantSchema,
    to: instantSchema,
  }),
  /** Where this sighting was joined to, if it was. */
  mergedInto: z.object({ clueId: idSchema, sourceName: z.string(), state: clueStateSchema }).nullable(),
  /** Other sources' records that may show the same vehicle, the likeliest first: nothing tells them apart, so nothing was joined. */
  perhapsSame: z.array(z.object({ clueId: idSchema, sourceName: z.string(), state: clueStateSchema })),
  /** Boxes of the looks, for the overlay on pictures and player: per look of the act. */
  looks: z.array(
    z.object({
      clipId: idSchema,
      offsetMs: z.number(),
      capturedAt: instantSchema,
      status: z.string(),
      boxes: z.array(
        z.object({
          role: z.string().nullable(),
          label: z.string(),
          score: z.number().nullable(),
          boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        }),
      ),
      pose: z.record(z.string(), z.number().nullable()).nullable(),
    }),
  ),
  clips: z.array(
    z.object({
      id: idSchema,
      fileName: z.string(),
      sha256: sha256Schema,
      sizeBytes: z.number(),
      startedAt: instantSchema,
      startMethod: z.string(),
      durationMs: z.number(),
      widthPx: z.number(),
      heightPx: z.number(),
      codec: z.string(),
      flightId: idSchema.nullable(),
      /** It came by a dock, did not agree with its message, and was taken in on a person's word: what differed, who, why and when. */
      admitted: bilingualSchema.nullish(),
      gone: goneSchema.nullish(),
    }),
  ),
  device: z.object({
    deviceId: z.string().nullable(),
    /** As it stood when the act began; guards look at its end too. */
    atCapture: deviceAtSchema,
    longitude: z.number().nullable(),
    latitude: z.number().nullable(),
  }),
  /** Words that went with the last step, for whoever goes on. */
  note: z.string().nullable(),
  closeReason: z.string().nullable(),
  /** The bureau's reasons for closing without filing. */
  closingReasons: z.array(closingReasonSchema),
  /** Where it was transferred, or by which day it has to be if it is not this authority's (≤ 3 working days). */
  transfer: z.object({
    dueOn: z.iso.date(),
    done: z
      .object({ authority: z.string(), reasonCode: z.string(), at: instantSchema, by: z.string(), inTime: z.boolean() })
      .nullable(),
  }),
  /** The draw of this record, if it was drawn: a decision that another person looks at again. */
  secondLook: z
    .object({
      kind: z.enum(["discard", "merged"]),
      result: z.enum(["agree", "disagree"]).nullable(),
      of: z.string(),
      by: z.string().nullable(),
      drawnAt: instantSchema,
      dueAt: instantSchema,
    })
    .nullable(),
  /** What the lawful purpose of its pictures lacks (G-10). */
  purposeLacks: z.array(bilingualSchema),
  /** Attempts to dissuade the party, oldest first; `look` is the first look after the time allowed. */
  dissuasions: z.array(
    z.object({
      id: idSchema,
      channel: z.enum(dissuasionChannels),
      recipient: z.string(),
      text: z.string(),
      outcome: z.enum(["pending", "sent", "recorded", "done", "failed"]),
      sentAt: instantSchema,
      correctBy: instantSchema,
      by: z.string(),
      look: z
        .object({
          at: instantSchema,
          state: z.enum(["present", "absent", "blind"]).nullable(),
          clipId: idSchema,
          offsetMs: z.number().int(),
          /** SHA-256 of the original it lies in; null: found before hashes were kept. */
          sha256: sha256Schema.nullable(),
          /** Of the picture cut from it for the case's evidence; null: none could be cut. */
          pictureSha256: sha256Schema.nullable(),
        })
        .nullable(),
    }),
  ),
  /** How the message would read (`{minutes}` stands for the time that is chosen), and the times allowed. */
  dissuasionDraft: z.object({
    text: z.string(),
    correctWithinMin: z.number().int(),
    minCorrectMin: z.number().int(),
    verified: z.boolean(),
  }),
  pictureRules: z.array(pictureRuleSchema),
  reviews: z.array(reviewViewSchema),
  /** Every correction, oldest first. */
  corrections: z.array(correctionViewSchema),
  correctable: z.array(correctableSchema),
  /** First and last look of the originals: corrected times lie between them. */
  looksSpan: z.object({ from: instantSchema, to: instantSchema }).nullable(),
  /** The signed-in person judges blind: what the technical review said is not in this answer before the own verdict. */
  blind: z.boolean(),
  mergedReviewAllowed: z.boolean(),
  events: z.array(offeredEventSchema),
  provisions: z.array(
    z.object({ law: z.string(), article: z.string(), use: z.enum(["breached", "punishing"]), verified: z.boolean() }),
  ),
});
export type ClueDetail = z.infer<typeof clueDetailSchema>;
