import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inheritedEnvironment } from "../config/index.ts";
import { type MediaTools, type Refusal, refuse } from "../media/index.ts";
import { typescriptExecArgv } from "../run-typescript.ts";
import type { RenderedStill, StillTask } from "./render-still.ts";

export type ToStills = { taskId: number; tools: MediaTools; task: StillTask };
export type FromStills = { taskId: number; result: RenderedStill | Refusal } | { taskId: number; text: string };

/** Evidence pictures from a process of their own, one after another. */
export type StillProcess = {
  /** Throws a sentence where the process ended under it or the picture could not be made. The next call starts a new process. */
  render: (task: StillTask) => Promise<RenderedStill | Refusal>;
  close: () => void;
};

const stillMain = fileURLToPath(new URL("./still-main.ts", import.meta.url));
/** Longest wait for one picture; ffmpeg's own limit is shorter. */
const answerMs = 120_000;
/** A process nobody asked anything for so long gives its memory back. */
const idleMs = 300_000;
/** glibc keeps a heap for every thread, and libvips has many threads: with two of them whole frames cost 180 MB instead of 240. */
const fewHeaps = { MALLOC_ARENA_MAX: "2" };

/** Started with the first picture; one that ended, or had nothing to do for long, is started anew for the next. */
export function createStillProcess(tools: MediaTools): StillProcess {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;
  let nextTaskId = 1;
  let queue: Promise<unknown> = Promise.resolve();

  const stop = (): void => {
    clearTimeout(idle);
    child?.kill();
    child = undefined;
  };

  function start(): ChildProcess {
    const env = { ...inheritedEnvironment(), ...fewHeaps };
    const started = fork(stillMain, [], { execArgv: typescriptExecArgv(), serialization: "advanced", env });
    started.on("error", () => {});
    started.on("exit", () => {
      if (child === started) child = undefined;
    });
    return started;
  }

  function renderOnce(task: StillTask): Promise<RenderedStill | Refusal> {
    if (isClosed) throw new Error("the process for evidence pictures is closed");
    clearTimeout(idle);
    child ??= start();
    const from = child;
    const taskId = nextTaskId++;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(late);
        from.off("message", onMessage);
        from.off("exit", onExit);
        idle = setTimeout(stop, idleMs);
        idle.unref();
      };
      const onMessage = (message: FromStills): void => {
        if (message.taskId !== taskId) return;
        settle();
        if ("text" in message) reject(new Error(message.text));
        else resolve(message.result);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        settle();
        reject(new Error(`the process for evidence pictures ended (${signal ?? `code ${code}`})`));
      };
      const late = setTimeout(() => {
        settle();
        from.kill("SIGKILL");
        resolve(refuse("timed_out", `${answerMs / 1000} s`));
      }, answerMs);
      from.on("message", onMessage);
      from.on("exit", onExit);
      from.send({ taskId, tools, task } satisfies ToStills, () => {});
    });
  }

  return {
    render: (task) => {
      const turn = queue.then(() => renderOnce(task));
      queue = turn.catch(() => {});
      return turn;
    },
    close: () => {
      isClosed = true;
      stop();
    },
  };
}
