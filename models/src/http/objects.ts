import { z } from "zod";
import { clueStateCodes } from "../clue/states.ts";
import { importProblems } from "../objects/import-problems.ts";
import { objectFactSchema, objectKindCodes } from "../objects/index.ts";
import { bilingualSchema, idSchema, instantSchema, pageQuerySchema, sha256Schema } from "./common.ts";

export const objectKindSchema = z.enum(objectKindCodes);
const textSchema = z.string().nullable();

/** GET /api/objects: `q` searches name, code, plate, permit number, place and address. Ordered by name. */
export const objectQuerySchema = pageQuerySchema.extend({
  kind: objectKindSchema,
  q: z.string().max(120).optional(),
  place: z.string().max(300).optional(),
  state: z.enum(["open", "closed"]).default("open"),
});

/** An object as it stands. `telephone` is null for those without need of it; `hasTelephone` says that one is entered. */
export const objectFactViewSchema = z.object({
  kind: objectKindSchema,
  name: textSchema,
  creditCode: textSchema,
  operator: textSchema,
  address: textSchema,
  place: textSchema,
  plate: textSchema,
  plateColour: textSchema,
  carrier: textSchema,
  permitNo: textSchema,
  telephone: textSchema,
  hasTelephone: z.boolean(),
  pledges: z.array(z.object({ signedOn: z.iso.date(), reference: z.string() })),
  violations: z.array(z.string()),
  validFrom: textSchema,
  validTo: textSchema,
  days: textSchema,
  from: textSchema,
  to: textSchema,
  reference: textSchema,
  note: textSchema,
  terminalNo: textSchema,
  /** WGS-84, of shops and permits that say it; those of muck transport stand in `cells`. */
  longitude: z.number().nullable(),
  latitude: z.number().nullable(),
  /** Of kinds of muck transport: the row as an export writes it, by column. */
  cells: z.record(z.string(), z.string()),
});
export type ObjectFactView = z.infer<typeof objectFactViewSchema>;

export const objectItemSchema = z.object({
  id: idSchema,
  kind: objectKindSchema,
  /** Shop name, plate, or number of the approval. */
  name: z.string(),
  place: textSchema,
  version: z.number().int(),
  demo: z.boolean(),
  closed: z.object({ at: instantSchema, reason: z.string() }).nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  fact: objectFactViewSchema,
});
export type ObjectItem = z.infer<typeof objectItemSchema>;
export const objectsSchema = z.object({
  items: z.array(objectItemSchema),
  next: z.string().nullable(),
  /** Open objects of each kind, for the tabs; 1000 means so many or more. */
  counts: z.record(z.string(), z.number().int()),
  mayWrite: z.boolean(),
});

/** What happened at a place or with an object: one act, however many sources saw it. */
export const priorActSchema = z.object({
  clueId: idSchema,
  violation: z.string(),
  violationTitle: bilingualSchema,
  place: z.string(),
  timezone: z.string(),
  from: instantSchema,
  state: z.enum(clueStateCodes as [string, ...string[]]),
  caseId: idSchema.nullable(),
  caseState: z.string().nullable(),
  /** A person confirmed that it shows this object; otherwise it was merely at this place. */
  confirmed: z.boolean(),
});
export type PriorAct = z.infer<typeof priorActSchema>;
export const priorActsSchema = z.object({
  /** Newest first, at most twenty of the last twelve months. */
  items: z.array(priorActSchema),
  total: z.number().int(),
  /** Acts of the last twelve months per state of the record. */
  counts: z.record(z.string(), z.number().int()),
});
export type PriorActs = z.infer<typeof priorActsSchema>;

/** One version, with what it changed of the one before. Values of telephones are left out for those without need of them. */
export const objectVersionSchema = z.object({
  version: z.number().int(),
  action: z.enum(["created", "changed", "closed"]),
  at: instantSchema,
  /** Null: demonstration data. */
  by: textSchema,
  reason: textSchema,
  sheetSha256: sha256Schema.nullable(),
  changes: z.array(z.object({ field: z.string(), before: textSchema, after: textSchema })),
});
export type ObjectVersionView = z.infer<typeof objectVersionSchema>;

/** GET /api/objects/{id} */
export const objectDetailSchema = objectItemSchema.extend({
  versions: z.array(objectVersionSchema),
  /** Null for those who may not look at records. */
  acts: priorActsSchema.nullable(),
  mayWrite: z.boolean(),
});
export type ObjectDetail = z.infer<typeof objectDetailSchema>;

/** POST /api/objects */
export const objectBodySchema = z.object({ fact: objectFactSchema });
export type ObjectBody = z.input<typeof objectBodySchema>;
/** PATCH /api/objects/{id}: the whole of it, from the version the page was drawn from; 409 when it has moved on. */
export const objectChangeBodySchema = z.object({
  version: z.number().int(),
  fact: objectFactSchema,
  reason: z.string().trim().min(1).max(500).optional(),
});
export type ObjectChangeBody = z.input<typeof objectChangeBodySchema>;
/** POST /api/objects/{id}/close */
export const objectCloseBodySchema = z.object({
  version: z.number().int(),
  reason: z.string().trim().min(1).max(500),
});
export const objectSavedSchema = z.object({ id: idSchema, version: z.number().int() });

export const sheetQuerySchema = z.object({
  kind: objectKindSchema,
  format: z.enum(["xlsx", "csv"]).default("xlsx"),
  language: z.enum(["zh", "en"]).default("zh"),
});

/** POST /api/objects/import-preview?kind= and /api/objects/import?kind=&plan=: the file itself is the body, as application/octet-stream. */
export const importQuerySchema = z.object({ kind: objectKindSchema });
export const importRunQuerySchema = importQuerySchema.extend({ plan: sha256Schema });
const problemCodes = Object.keys(importProblems) as [keyof typeof importProblems, ...(keyof typeof importProblems)[]];
export const importRowSchema = z.object({
  /** Number of the row in the sheet. */
  row: z.number().int(),
  action: z.enum(["create", "update", "same", "error"]),
  name: z.string(),
  place: textSchema,
  objectId: idSchema.nullable(),
  /** Fields that an update changes. */
  changes: z.array(z.string()),
  problems: z.array(
    z.object({
      field: z.string(),
      fieldTitle: bilingualSchema,
      code: z.enum(problemCodes),
      value: z.string(),
      text: bilingualSchema,
    }),
  ),
});
export type ImportRow = z.infer<typeof importRowSchema>;
export const importPreviewSchema = z.object({
  kind: objectKindSchema,
  sha256: sha256Schema,
  /** Of exactly this outcome: the import is refused where it would be another by then. */
  plan: sha256Schema,
  encoding: z.string(),
  headings: z.array(z.object({ heading: z.string(), field: z.string().nullable(), title: bilingualSchema.nullable() })),
  counts: z.object({
    create: z.number().int(),
    update: z.number().int(),
    same: z.number().int(),
    error: z.number().int(),
  }),
  /** Every row that is wrong, and the first of the others; `rowsLeftOut` counts what is not listed. */
  rows: z.array(importRowSchema),
  rowsLeftOut: z.number().int(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;
export const importResultSchema = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  same: z.number().int(),
  refused: z.number().int(),
});

const matchSchema = z.object({
  id: idSchema,
  object: objectItemSchema,
  /** Version that the person saw; the object may have changed since. */
  objectVersion: z.number().int(),
  confirmedBy: z.string(),
  confirmedAt: instantSchema,
  withdrawn: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
});
export type ObjectMatchView = z.infer<typeof matchSchema>;

/** A permit at the place of a record, over the time of the act. */
export const permitAtActSchema = z.object({
  object: objectItemSchema,
  cover: z.enum(["whole", "part", "none"]),
  /** By the version that stood when the act began, where that says otherwise; what was meant, a person finds out. */
  coverThen: z.enum(["whole", "part", "none"]).nullable(),
  /** It names the matter of this record. */
  namesMatter: z.boolean(),
  /** Entered, or last changed, after the act began. */
  recordedLater: z.boolean(),
  changedLater: z.boolean(),
});
export type PermitAtAct = z.infer<typeof permitAtActSchema>;

/** GET /api/clues/{id}/objects: what the register knows that bears on a record. Candidates are offered, never chosen. */
export const clueObjectsSchema = z.object({
  confirmed: matchSchema.nullable(),
  withdrawn: z.array(matchSchema),
  candidates: z.array(
    z.object({
      object: objectItemSchema,
      reasons: z.array(z.object({ code: z.string(), text: bilingualSchema })),
    }),
  ),
  permits: z.array(permitAtActSchema),
  /** Other acts at this place or with the confirmed object. */
  acts: priorActsSchema,
  mayConfirm: z.boolean(),
});
export type ClueObjects = z.infer<typeof clueObjectsSchema>;
/** POST /api/clues/{id}/objects: a person finds that the record shows this object, as it was shown to them. */
export const objectMatchBodySchema = z.object({ objectId: idSchema, version: z.number().int() });
/** POST /api/clues/{id}/objects/{matchId}/withdraw */
export const withdrawMatchBodySchema = z.object({ reason: z.string().trim().min(1).max(500) });
