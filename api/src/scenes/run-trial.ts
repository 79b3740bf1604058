import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inheritedEnvironment } from "@mingcha/infra/config";
import { typescriptExecArgv } from "@mingcha/infra/run-typescript";
import { AppError } from "@mingcha/models";
import type { TrialView } from "@mingcha/models/http";
import type { TrialTask } from "./trial-task.ts";

const main = fileURLToPath(new URL("./trial-main.ts", import.meta.url));
/** A day of looks takes a few seconds; what takes longer than this is stuck. */
const limitMs = 60_000;
/** Trials at once: each takes a core. More wait their turn, and more than that are refused. */
const waitingMax = 8;

/** One trial after another, each in a process of its own. */
export function createTrials(): (task: TrialTask) => Promise<TrialView> {
  let waiting = 0;
  let queue: Promise<unknown> = Promise.resolve();
  return (task) => {
    if (waiting >= waitingMax) throw new AppError("TOO_MANY_ATTEMPTS");
    waiting++;
    const turn = queue.then(() => runOnce(task));
    queue = turn.catch(() => {}).finally(() => waiting--);
    return turn;
  };
}

function runOnce(task: TrialTask): Promise<TrialView> {
  return new Promise((resolve, reject) => {
    const child = fork(main, [], {
      execArgv: typescriptExecArgv(),
      serialization: "advanced",
      env: inheritedEnvironment(),
    });
    const late = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(late);
      // after an answer this changes nothing
      reject(new Error(`the trial ended without an answer (${signal ?? `code ${code}`})`));
    });
    child.on("message", (answer: { trial: TrialView } | { text: string }) => {
      if ("trial" in answer) resolve(answer.trial);
      else reject(new Error(answer.text));
    });
    child.send(task, (error) => {
      if (error) reject(error);
    });
  });
}
