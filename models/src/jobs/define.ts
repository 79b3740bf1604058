import type { z } from "zod";

/*
 * Terminology
 *   queue    a named line of jobs in BullMQ; one process works on it
 *   job      a doorbell: "look at row X". The row in PostgreSQL is the truth, so a lost job loses nothing
 *   payload  ids only; never pixels, never personal data (queues keep clear text)
 *   sweep    a periodic question to the database: which rows lack their next step? Rings the doorbell again
 *   attempt  counted in the row, not in the queue
 */
export interface JobDefinition<P> {
  readonly name: string;
  readonly queue: string;
  readonly payload: z.ZodType<P>;
  /** Same id = same doorbell while it waits. May not hold ":" nor be all digits (BullMQ). */
  jobId(payload: P): string;
}

export function defineJob<P>(definition: JobDefinition<P>): JobDefinition<P> {
  return definition;
}
