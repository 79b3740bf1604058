import { z } from "zod";
import { countFact, dateFact, sha256Fact, textFact, timeFact } from "./facts-basics.ts";

/** The eight kinds of evidence of 行政处罚法 Art. 46. */
export const evidenceKinds = {
  documentary: "书证",
  physical: "物证",
  audio_visual: "视听资料",
  electronic_data: "电子数据",
  testimony: "证人证言",
  statement: "当事人的陈述",
  expert_opinion: "鉴定意见",
  site_record: "勘验笔录、现场笔录",
} as const;
const evidenceKindCodes = Object.keys(evidenceKinds) as (keyof typeof evidenceKinds)[];

/** One evidence item. `method`, `madeBy` and `proves` are the statement of making that 行政诉讼证据规定 (2002) Art. 12 asks for. */
export const evidenceItemSchema = z.object({
  no: z.number().int().positive(),
  /** The reviewed record of a device, what two officers brought from the place, or the looking again after an order to correct. */
  origin: z.enum(["record", "place", "recheck"]),
  name: textFact,
  kind: z.enum(evidenceKindCodes).nullable(),
  sourceName: textFact,
  deviceId: textFact,
  madeBy: textFact,
  method: textFact,
  capturedAt: timeFact,
  /** Length of a recording; null for a picture. */
  durationS: countFact,
  sizeBytes: countFact,
  sha256: sha256Fact,
  /** Hash of the original that a derivative was cut from; null for an original. */
  parentSha256: sha256Fact,
  proves: textFact,
  /** What whoever reads the list has to know of where it comes from; null: nothing out of the ordinary. */
  remark: textFact,
  storedAt: textFact,
  /** Whether a picture with id {@link pictureId} can be printed behind the list. */
  picture: z.boolean(),
});
export type EvidenceItem = z.infer<typeof evidenceItemSchema>;

/** Id under which the renderer looks up the picture of an evidence item. */
export const pictureId = (item: Pick<EvidenceItem, "no">): string => `evidence-${item.no}`;

/** Compliance record of the device as of the capture (domain D.6, guard G-02). */
export const deviceSchema = z.object({
  name: textFact,
  id: textFact,
  kind: textFact,
  stateAtCapture: textFact,
  legalReviewNo: textFact,
  legalReviewedOn: dateFact,
  technicalReviewNo: textFact,
  technicalReviewedOn: dateFact,
  standards: textFact,
  signPostedOn: dateFact,
  publishedWhere: textFact,
  publishedOn: dateFact,
  metrologyRequired: z.boolean().nullable(),
  metrologyCertificateNo: textFact,
  metrologyValidTo: dateFact,
  maintainedOn: dateFact,
});
export type DeviceFacts = z.infer<typeof deviceSchema>;

/** The clock sample that the capture was judged by (guard G-04); positive: the device runs ahead of Beijing time (domain D.4). */
export const clockSchema = z.object({
  offsetMs: z.number().nullable(),
  /** Of the comparison itself. */
  uncertaintyMs: countFact,
  /** The error that was judged: offset, uncertainty and what the clock may have gone off by the capture. */
  errorMs: countFact,
  limitMs: countFact,
  measuredAt: timeFact,
  method: textFact,
});
export type ClockFacts = z.infer<typeof clockSchema>;

/** What the detector said; printed as a hint, never as a ground (guard G-30). */
export const modelSchema = z.object({
  id: textFact,
  version: textFact,
  sha256: sha256Fact,
  score: z.number().min(0).max(1).nullable(),
  threshold: z.number().min(0).max(1).nullable(),
});
export type ModelFacts = z.infer<typeof modelSchema>;
