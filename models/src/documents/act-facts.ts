import { z } from "zod";
import { onSiteResultCodes } from "../on-site/index.ts";
import { evidenceItemSchema } from "./evidence-facts.ts";
import { countFact, textFact, timeFact } from "./facts-basics.ts";

const instant = z.iso.datetime({ offset: true });

export const dissuasionChannels = { sms: "短信", voice: "语音电话", on_site: "现场告知", app: "移动应用" } as const;
export const recheckOutcomes = {
  corrected: "已改正",
  not_corrected: "未改正",
  unclear: "画面不能判断是否改正",
} as const;

/**
 * What was seen and done, as data. The facts text of every paper is written from this by {@link writeFacts};
 * nobody types it, so nothing can enter it that the case does not hold.
 */
export const actSchema = z.object({
  sourceName: textFact,
  deviceId: textFact,
  /** What the place is legally, e.g. 公共人行道. */
  spaceZh: textFact,
  /** Things seen, with their measure word: 货物 3 件. */
  objects: z.array(z.object({ labelZh: z.string().trim().min(1), count: countFact, measureZh: textFact })),
  intervals: z.array(z.object({ state: z.enum(["present", "absent", "blind"]), from: instant, to: instant })),
  /** Whole time of presence, counted by the detector without blind minutes. */
  presentS: countFact,
  evidenceNos: z.array(z.number().int().positive()),
  dissuasion: z
    .object({
      at: timeFact,
      channel: z.enum(["sms", "voice", "on_site", "app"]).nullable(),
      correctBy: timeFact,
      delivered: z.boolean().nullable(),
    })
    .nullable(),
  recheck: z
    .object({
      at: timeFact,
      outcome: z.enum(["corrected", "not_corrected", "unclear"]).nullable(),
      evidenceNos: z.array(z.number().int().positive()),
    })
    .nullable(),
  onSiteCheck: z
    .object({
      at: timeFact,
      officers: z.array(z.string().trim().min(1)),
      finding: z.enum(onSiteResultCodes).nullable(),
    })
    .nullable(),
  /** The pictures of the device are no evidence: why, and which. The facts are then what two officers found at the place. Null: they are. */
  leftOut: z.object({ reason: textFact, items: z.array(evidenceItemSchema) }).nullable(),
});
export type ActFacts = z.infer<typeof actSchema>;
