import type { MediaTools } from "@mingcha/infra/media";
import { judgeLook } from "./judge-look.ts";
import { openStages, type Stages } from "./open-stages.ts";
import type { FromStages, ToStages } from "./protocol.ts";

/** The process that holds the second-stage models: a run of a model stops the process it is in, and nobody else may wait for it. */
const send = (message: FromStages): void => {
  process.send?.(message);
};

let opened: { stages: Stages; tools: MediaTools } | undefined;

async function answer(message: ToStages): Promise<void> {
  if (message.type === "open") {
    const stages = await openStages(message.folders);
    opened = { stages, tools: message.tools };
    return send({ type: "ready", stageIds: stages.sessions.map((s) => s.stage.id), problems: stages.problems });
  }
  const { taskId, task } = message;
  if (opened === undefined) return send({ type: "failed", taskId, text: "no models are open" });
  const judged = await judgeLook(opened.tools, opened.stages, task);
  if (judged.kind === "ok") send({ type: "judged", taskId, readings: judged.readings });
  else send({ type: "failed", taskId, text: judged.detail ?? judged.text.en });
}

process.on("message", (message: ToStages) => {
  answer(message).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    if (message.type === "judge") send({ type: "failed", taskId: message.taskId, text });
    else send({ type: "ready", stageIds: [], problems: [text] });
  });
});
// A parent that dies must not leave a process behind.
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});
