import { z } from "zod";
import { defineJob } from "./define.ts";

export type { JobDefinition } from "./define.ts";
export { defineJob } from "./define.ts";

/** A finished browser upload waits in staging; ingest takes it over. */
export const takeUpload = defineJob({
  name: "take-upload",
  queue: "ingest",
  payload: z.object({ uploadId: z.string().min(1) }),
  jobId: (payload) => `take-upload-${payload.uploadId}`,
});

/** A file waits in the intake table; ingest checks, hashes and stores it. */
export const storeIntake = defineJob({
  name: "store-intake",
  queue: "ingest",
  payload: z.object({ intakeId: z.uuid() }),
  jobId: (payload) => `store-intake-${payload.intakeId}`,
});

/** A clip is stored; detector takes its looks and re-evaluates its source. */
export const detectClip = defineJob({
  name: "detect-clip",
  queue: "detect",
  payload: z.object({ clipId: z.uuid() }),
  jobId: (payload) => `detect-clip-${payload.clipId}`,
});

/** Every job, for the start-up check that each has exactly one handler. */
export const jobDefinitions = [takeUpload, storeIntake, detectClip];
