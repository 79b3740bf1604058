import { z } from "zod";
import { onSiteResultCodes, partyPresenceCodes, positionSchema } from "../on-site/index.ts";
import { handlerSchema, sha256Fact, textFact, timeFact } from "./facts-basics.ts";

/** What two officers found at the place, for the record of the on-site inspection (domain F). Weather and measures are written by hand. */
export const onSiteFactsSchema = z.object({
  arrivedAt: timeFact,
  /** The later of the two signatures. */
  endedAt: timeFact,
  position: positionSchema.nullable(),
  weather: textFact,
  officers: z.tuple([handlerSchema, handlerSchema]),
  result: z.enum(onSiteResultCodes).nullable(),
  findings: textFact,
  measures: textFact,
  party: z.enum(partyPresenceCodes).nullable(),
  partyName: textFact,
  partySaid: textFact,
  idShown: z.boolean().nullable(),
  rightsTold: z.boolean().nullable(),
  /** Numbers of the photos in the list of evidence. */
  photoNos: z.array(z.number().int().positive()),
  /** SHA-256 of what both officers signed. */
  contentSha256: sha256Fact,
});
export type OnSiteFacts = z.infer<typeof onSiteFactsSchema>;
