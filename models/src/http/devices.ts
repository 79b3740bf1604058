import { z } from "zod";
import { deviceRecordCodes, deviceStates } from "../device/index.ts";
import { bilingualSchema, idSchema, instantSchema, sha256Schema } from "./common.ts";

const stateCodes = Object.keys(deviceStates) as [keyof typeof deviceStates, ...(keyof typeof deviceStates)[]];
export const deviceStateSchema = z.enum(stateCodes);

/** One requirement of the law on a recording device, at an instant. */
export const requirementSchema = z.object({
  kind: z.enum(deviceRecordCodes),
  status: z.enum(["held", "missing", "not_yet", "lapsed"]),
  /** Entered after that instant. */
  recordedLater: z.boolean(),
  /** What holds it: number, address or place, and until when. */
  reference: z.string().nullable(),
  validTo: instantSchema.nullable(),
});
export type RequirementView = z.infer<typeof requirementSchema>;

export const clockSampleSchema = z.object({
  at: instantSchema,
  offsetMs: z.number().int(),
  uncertaintyMs: z.number().int(),
  method: z.string(),
});
export type ClockSampleView = z.infer<typeof clockSampleSchema>;

/** A device at an instant: as a reviewer sees it at capture, or its page sees it now. */
export const deviceAtSchema = z.object({
  state: deviceStateSchema,
  /** Why it is suspended: by order, by what lapsed, or by what the watch saw. */
  suspendedBy: z.array(bilingualSchema),
  /** Null: the law names no such source as a recording device; its pictures are clues alone. */
  requirements: z.array(requirementSchema).nullable(),
  metrology: z.enum(["certified", "exempt", "unsettled"]),
  clock: z.object({
    errorMs: z.number().nullable(),
    limitMs: z.number(),
    before: clockSampleSchema.nullable(),
    after: clockSampleSchema.nullable(),
    /** Methods that disagree, a machine nobody compared, a side of the capture without a comparison. */
    notes: z.array(bilingualSchema),
  }),
});
export type DeviceAtView = z.infer<typeof deviceAtSchema>;

export const deviceRecordSchema = z.object({
  id: idSchema,
  kind: z.enum(deviceRecordCodes),
  validFrom: instantSchema,
  validTo: instantSchema.nullable(),
  reference: z.string(),
  note: z.string().nullable(),
  /** Of a retrieval record: why, and who fetched it. */
  retrieval: z.object({ reason: z.string(), person: z.string() }).nullable(),
  /** Of an issue: the officer, or the car. */
  carrier: z.object({ personId: idSchema.nullable(), name: z.string() }).nullable(),
  /** Null: demonstration data. */
  createdBy: z.string().nullable(),
  createdAt: instantSchema,
  withdrawn: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
  /** Scans and photos of what it names, oldest first; GET /api/device-attachments/{id}/media. */
  attachments: z.array(
    z.object({
      id: idSchema,
      sha256: sha256Schema,
      sizeBytes: z.number().int(),
      mediaType: z.enum(["image/jpeg", "image/png", "application/pdf"]),
      /** There is a picture of it to look at. */
      viewable: z.boolean(),
      by: z.string(),
      at: instantSchema,
      withdrawn: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
    }),
  ),
});
export type DeviceRecordView = z.infer<typeof deviceRecordSchema>;

/** GET /api/sources/{id}/device: state now, every record ever entered (newest first), the last clock samples. */
export const deviceSchema = z.object({
  sourceId: z.string(),
  name: z.string(),
  kind: z.string(),
  place: z.string(),
  timezone: z.string(),
  deviceId: z.string().nullable(),
  /** The device lies outside the signed-in person's districts: they read only. */
  barred: bilingualSchema.nullable(),
  now: deviceAtSchema,
  records: z.array(deviceRecordSchema),
  samples: z.array(clockSampleSchema),
  /** Records erased because of the device, its clock or its settings, newest first. */
  erasures: z.array(z.object({ clueId: idSchema, reasonCode: z.string(), at: instantSchema })),
});
export type DeviceView = z.infer<typeof deviceSchema>;

/** Largest scan or photo of a device record. */
export const deviceAttachmentMaxBytes = 10 * 1_048_576;
/** Attachments one record may have, withdrawn ones among them. */
export const deviceAttachmentsMax = 10;
/** POST /api/sources/{id}/records/{recordId}/attachments: the file's own bytes. `added` false: they were there before. */
export const deviceAttachmentAddedSchema = z.object({ id: idSchema, sha256: sha256Schema, added: z.boolean() });
/** `view`: an upright JPEG of a picture; `original`: the bytes to keep, never shown in a page. */
export const deviceAttachmentMediaQuerySchema = z.object({ form: z.enum(["view", "original"]).default("original") });

/** POST /api/sources/{id}/records, by the duty that the kind asks for. */
export const deviceRecordBodySchema = z
  .object({
    kind: z.enum(deviceRecordCodes),
    validFrom: instantSchema,
    validTo: instantSchema.optional(),
    reference: z.string().trim().min(1).max(300),
    note: z.string().trim().max(1_000).optional(),
    retrieval: z
      .object({ reason: z.string().trim().min(2).max(500), person: z.string().trim().min(1).max(120) })
      .optional(),
    /** To a person of the bureau, or with a car: one of the two. */
    carrier: z
      .union([z.strictObject({ personId: idSchema }), z.strictObject({ car: z.string().trim().min(2).max(60) })])
      .optional(),
  })
  .refine(({ kind, carrier }) => (kind === "carrier") === (carrier !== undefined), {
    message: "领用登记须写明领用人或车辆 / an issue names a person or a car",
    path: ["carrier"],
  })
  .refine(
    ({ kind, retrieval, validTo }) => kind !== "retrieval" || (retrieval !== undefined && validTo !== undefined),
    {
      message: "调取记录须有事由、调取人和时段 / a retrieval record needs reason, person and period",
      path: ["retrieval"],
    },
  )
  .refine(({ validFrom, validTo }) => validTo === undefined || Date.parse(validFrom) < Date.parse(validTo), {
    message: "截止须晚于开始 / it ends before it begins",
    path: ["validTo"],
  });
export type DeviceRecordBody = z.input<typeof deviceRecordBodySchema>;
export const deviceRecordCreatedSchema = z.object({ id: idSchema });

/** POST /api/sources/{id}/records/{recordId}/withdraw */
export const withdrawRecordBodySchema = z.object({ reason: z.string().trim().min(1).max(500) });

/** POST /api/sources/{id}/clock-samples: the device's clock read against Beijing time, by a person. */
export const clockSampleBodySchema = z.object({
  at: instantSchema,
  offsetMs: z.number().int().min(-86_400_000).max(86_400_000),
  uncertaintyMs: z.number().int().min(0).max(60_000).default(500),
});
export type ClockSampleBody = z.input<typeof clockSampleBodySchema>;
