import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { MediaTools, Refusal } from "@mingcha/infra/media";
import type { LocatedModel } from "./load-model.ts";
import type { FromChild, ToChild } from "./protocol.ts";
import { typescriptExecArgv } from "./run-typescript.ts";
import type { LookTask, TakenLooks } from "./take-looks.ts";

/** A look task that did not come to an end: the process died or hung. The clip may be tried again. */
export type LookFailure = { kind: "failed"; text: string };
export type LookOutcome = TakenLooks | Refusal | LookFailure;

export type InferenceProcess = {
  /** Takes the looks of one clip; further calls wait their turn. Never throws. */
  look: (task: LookTask) => Promise<LookOutcome>;
  /** Resident memory of the child at its last message, bytes; the highest seen. */
  memoryBytesMax: () => number;
  pid: () => number | undefined;
  close: () => Promise<void>;
};

export type InferenceLimits = {
  /** Silence after which the child is killed. It speaks every second, inference included. */
  silenceMs: number;
  /** Loading and warming up a model. */
  openMs: number;
  /** More deaths than this in `restartWindowMs` end the service: something is wrong that a restart does not mend. */
  restartsMax: number;
  restartWindowMs: number;
};

const defaultLimits: InferenceLimits = { silenceMs: 20_000, openMs: 60_000, restartsMax: 5, restartWindowMs: 300_000 };

type Child = { process: ChildProcess; lastMessageMs: number };

const childMain = fileURLToPath(new URL("./child-main.ts", import.meta.url));

/** Starts a child, loads the model in it and waits for its warm-up inference. A model that does not fit is refused with one sentence. */
export async function startInferenceProcess(
  model: LocatedModel,
  tools: MediaTools,
  given: Partial<InferenceLimits> = {},
): Promise<InferenceProcess | { kind: "bad"; text: string }> {
  const limits = { ...defaultLimits, ...given };
  let child: Child | undefined;
  let memoryMax = 0;
  let nextTaskId = 1;
  let deaths: number[] = [];
  let isClosing = false;
  let queue: Promise<unknown> = Promise.resolve();

  const tell = (to: Child, message: ToChild): boolean => to.process.connected && to.process.send(message);

  /** Waits for one kind of answer; death, silence and time limit give a sentence instead. */
  function answer<T>(
    from: Child,
    limitMs: number | undefined,
    pick: (message: FromChild) => T | undefined,
  ): Promise<T | string> {
    return new Promise((resolve) => {
      const startedMs = Date.now();
      const settle = (value: T | string): void => {
        clearInterval(watch);
        from.process.off("message", onMessage);
        from.process.off("exit", onExit);
        resolve(value);
      };
      const onMessage = (message: FromChild): void => {
        const picked = pick(message);
        if (picked !== undefined) settle(picked);
      };
      const onExit = (code: number | null, signal: string | null): void =>
        settle(`the inference process ended (${signal ?? `code ${code}`})`);
      const watch = setInterval(() => {
        const silentMs = Date.now() - from.lastMessageMs;
        const isLate = limitMs !== undefined && Date.now() - startedMs > limitMs;
        if (silentMs <= limits.silenceMs && !isLate) return;
        from.process.kill("SIGKILL");
        settle(`the inference process did not answer for ${Math.round(silentMs / 1000)} s and was stopped`);
      }, 250);
      from.process.on("message", onMessage);
      from.process.on("exit", onExit);
      if (from.process.exitCode !== null || from.process.signalCode !== null)
        onExit(from.process.exitCode, from.process.signalCode);
    });
  }

  async function start(): Promise<Child | string> {
    const process = fork(childMain, [], { execArgv: typescriptExecArgv(), serialization: "advanced" });
    const started: Child = { process, lastMessageMs: Date.now() };
    process.on("message", (message: FromChild) => {
      started.lastMessageMs = Date.now();
      if (message.type === "alive") memoryMax = Math.max(memoryMax, message.memoryBytes);
    });
    process.on("error", () => {});
    process.on("exit", () => {
      if (child === started) child = undefined;
      if (!isClosing) deaths.push(Date.now());
    });
    tell(started, { type: "open", model, tools });
    const opened = await answer(started, limits.openMs, (m) =>
      m.type === "ready" || m.type === "refused" ? m : undefined,
    );
    if (typeof opened === "string") return opened;
    if (opened.type === "refused") {
      isClosing = true;
      process.kill("SIGKILL");
      return opened.text;
    }
    child = started;
    return started;
  }

  async function alive(): Promise<Child | string> {
    if (child !== undefined) return child;
    const now = Date.now();
    deaths = deaths.filter((at) => now - at < limits.restartWindowMs);
    if (deaths.length > limits.restartsMax)
      return `the inference process died ${deaths.length} times in ${limits.restartWindowMs / 60_000} minutes: not started again`;
    return start();
  }

  async function lookOnce(task: LookTask): Promise<LookOutcome> {
    if (isClosing) return { kind: "failed", text: "the inference process is closed" };
    const worker = await alive();
    if (typeof worker === "string") return { kind: "failed", text: worker };
    const taskId = nextTaskId++;
    tell(worker, { type: "look", taskId, task });
    const outcome = await answer<LookOutcome>(worker, undefined, (message) => {
      if (message.type === "done" && message.taskId === taskId) return message.result;
      if (message.type === "failed" && message.taskId === taskId) return { kind: "failed", text: message.text };
      return undefined;
    });
    if (typeof outcome !== "string") return outcome;
    // Dead or dying: the next clip gets a new process.
    if (child === worker) child = undefined;
    return { kind: "failed", text: outcome };
  }

  const first = await start();
  if (typeof first === "string") return { kind: "bad", text: first };
  return {
    look: (task) => {
      const turn = queue.then(() => lookOnce(task));
      queue = turn;
      return turn;
    },
    memoryBytesMax: () => memoryMax,
    pid: () => child?.process.pid,
    close: async () => {
      isClosing = true;
      await queue;
      const last = child;
      if (last === undefined) return;
      const ended = new Promise<void>((resolve) => last.process.once("exit", () => resolve()));
      tell(last, { type: "close" });
      const force = setTimeout(() => last.process.kill("SIGKILL"), 2_000);
      await ended;
      clearTimeout(force);
    },
  };
}
