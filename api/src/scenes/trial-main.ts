import { type TrialTask, tryScene } from "./trial-task.ts";

/** A process for one trial: a day of looks takes seconds of processor time, and the server must go on answering meanwhile. */
const answer = (message: object): void => {
  process.send?.(message, () => process.exit(0));
};
process.once("message", (task: TrialTask) => {
  tryScene(task).then(
    (trial) => answer({ trial }),
    (error: unknown) => answer({ text: error instanceof Error ? error.message : String(error) }),
  );
});
// A parent that dies must not leave a process behind.
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});
