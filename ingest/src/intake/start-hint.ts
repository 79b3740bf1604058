import { frameTimeMethods } from "@mingcha/models/streams";
import { z } from "zod";

/** When a part of a live source began, told by whoever received it; kept in its intake row. `deviceMs`: what the device's own clock said. */
export const startHintSchema = z.object({
  method: z.enum(frameTimeMethods),
  atMs: z.number(),
  uncertaintyMs: z.number(),
  deviceMs: z.number().nullable(),
});
export type StartHint = z.infer<typeof startHintSchema>;
