import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { MediaTools } from "@mingcha/infra/media";
import { typescriptExecArgv } from "@mingcha/infra/run-typescript";
import type { AttributeReading } from "@mingcha/models/attributes";
import type { AttributeTask } from "./judge-look.ts";
import type { FromStages, ToStages } from "./protocol.ts";

/** Second looks for whoever cuts evidence. */
export type StagesProcess = {
  /** Readings of the wanted attributes, or why there are none: then a person judges without help. Never throws. */
  judge: (
    task: AttributeTask,
  ) => Promise<{ kind: "ok"; readings: AttributeReading[] } | { kind: "failed"; text: string }>;
  stageIds: readonly string[];
  problems: readonly string[];
  close: () => void;
};

const stagesMain = fileURLToPath(new URL("./stages-main.ts", import.meta.url));

/** Longest wait for one answer, opening included; what takes longer hangs. */
const answerMs = 60_000;

/** Sends a message and waits for the answer that `pick` takes; a child that ends or hangs answers with a sentence. */
function ask<T>(
  child: ChildProcess,
  message: ToStages,
  pick: (from: FromStages) => T | undefined,
): Promise<T | string> {
  return new Promise((resolve) => {
    const settle = (value: T | string): void => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(value);
    };
    const onMessage = (from: FromStages): void => {
      const picked = pick(from);
      if (picked !== undefined) settle(picked);
    };
    const onExit = (code: number | null, signal: string | null): void =>
      settle(`the process of the second-stage models ended (${signal ?? `code ${code}`})`);
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      settle("the process of the second-stage models did not answer and was stopped");
    }, answerMs);
    child.on("message", onMessage);
    child.on("exit", onExit);
    if (child.connected) child.send(message, () => {});
    else settle("the process of the second-stage models has ended");
  });
}

/** Starts the process with every second-stage model that lies in one of the folders. One that ended is started anew for the next task. */
export async function startStages(folders: readonly string[], tools: MediaTools): Promise<StagesProcess> {
  let child: ChildProcess | undefined;
  let isClosed = false;
  let nextTaskId = 1;
  let queue: Promise<unknown> = Promise.resolve();

  async function open(): Promise<{ stageIds: readonly string[]; problems: readonly string[] }> {
    const started = fork(stagesMain, [], { execArgv: typescriptExecArgv(), serialization: "advanced" });
    child = started;
    started.on("exit", () => {
      if (child === started) child = undefined;
    });
    const ready = await ask(started, { type: "open", folders, tools }, (m) => (m.type === "ready" ? m : undefined));
    return typeof ready === "string" ? { stageIds: [], problems: [ready] } : ready;
  }

  async function judgeOnce(task: AttributeTask): ReturnType<StagesProcess["judge"]> {
    if (isClosed) return { kind: "failed", text: "the second-stage models are closed" };
    if (child === undefined) await open();
    const taskId = nextTaskId++;
    if (child === undefined) return { kind: "failed", text: "the second-stage models do not start" };
    const answer = await ask(child, { type: "judge", taskId, task }, (m) =>
      m.type !== "ready" && m.taskId === taskId ? m : undefined,
    );
    if (typeof answer === "string") return { kind: "failed", text: answer };
    return answer.type === "judged" ? { kind: "ok", readings: answer.readings } : { kind: "failed", text: answer.text };
  }

  const { stageIds, problems } = await open();
  return {
    judge: (task) => {
      const turn = queue.then(() => judgeOnce(task));
      queue = turn;
      return turn;
    },
    stageIds,
    problems,
    close: () => {
      isClosed = true;
      child?.kill();
    },
  };
}
