import { z } from "zod";
import { textFact } from "./facts-basics.ts";

/** What the bureau's profile says of an order to correct: what has to be corrected, and what follows where it is not. */
export const orderSchema = z.object({
  requirement: textFact,
  consequence: textFact,
  /** The legal office has verified the words. */
  verified: z.boolean(),
});
export type OrderFacts = z.infer<typeof orderSchema>;
