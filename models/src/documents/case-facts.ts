import { z } from "zod";
import { actSchema } from "./act-facts.ts";
import { correctionFactSchema } from "./correction-facts.ts";
import { clockSchema, deviceSchema, evidenceItemSchema, modelSchema } from "./evidence-facts.ts";
import { dateFact, handlerSchema, partySchema, provisionSchema, textFact, timeFact } from "./facts-basics.ts";
import { onSiteFactsSchema } from "./on-site-facts.ts";
import { orderSchema } from "./order-facts.ts";
import { dueDateSchema, hearingSchema, penaltySchema, statementSchema } from "./penalty-facts.ts";
import { reviewsSchema } from "./review-facts.ts";

/**
 * Everything a case offers to its documents. Each document picks the parts it needs. Null means "the case does not
 * know": it is printed as a visible blank and listed as missing, never guessed.
 */
export const caseFactsSchema = z.object({
  bureau: z.object({
    name: textFact,
    /** 区简, e.g. 浦 */
    shortName: textFact,
    /** 机关代字, e.g. 城管 */
    authorityCode: textFact,
    address: textFact,
    contact: textFact,
    phone: textFact,
  }),
  case: z.object({
    number: textFact,
    cause: textFact,
    source: textFact,
    occurredFrom: timeFact,
    occurredTo: timeFact,
    filedOn: dateFact,
    place: textFact,
    coordinates: z
      .object({ longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) })
      .nullable(),
  }),
  violation: z.object({ code: textFact, titleZh: textFact, titleEn: textFact }),
  act: actSchema,
  /** Null: no order to correct reached the party. */
  order: orderSchema.nullable(),
  /** Null: nobody was sent to the place, or the officers have not both signed. */
  onSite: onSiteFactsSchema.nullable(),
  party: partySchema,
  evidence: z.array(evidenceItemSchema),
  device: deviceSchema.nullable(),
  clock: clockSchema.nullable(),
  model: modelSchema.nullable(),
  reviews: reviewsSchema,
  corrections: z.array(correctionFactSchema),
  provisions: z.array(provisionSchema),
  /** At least two qualified officers (行政处罚法 Art. 42). */
  handlers: z.tuple([handlerSchema, handlerSchema]),
  penalty: penaltySchema.nullable(),
  statement: statementSchema,
  /** Null: not decided yet. */
  hearing: hearingSchema.nullable(),
  dueDates: z.array(dueDateSchema),
  /** Version of the bureau's own model text (示范文本), if it has one. */
  modelTextVersion: textFact,
});
export type CaseFacts = z.infer<typeof caseFactsSchema>;
