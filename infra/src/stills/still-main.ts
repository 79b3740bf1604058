import type { MediaTools } from "../media/index.ts";
import { renderStill } from "./render-still.ts";
import type { FromStills, ToStills } from "./still-process.ts";

/**
 * The process that cuts evidence pictures. Starting an ffmpeg stops a process until the new one runs, and whole frames want memory: neither
 * shall happen where jobs are held.
 */
const send = (message: FromStills): void => {
  process.send?.(message);
};

async function answer(tools: MediaTools, { taskId, task }: ToStills): Promise<void> {
  send({ taskId, result: await renderStill(tools, task) });
}

process.on("message", (message: ToStills) => {
  answer(message.tools, message).catch((error: unknown) => {
    send({ taskId: message.taskId, text: error instanceof Error ? error.message : String(error) });
  });
});
// A parent that dies must not leave a process behind.
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});
