import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { MediaTools, Refusal } from "@mingcha/infra/media";
import { typescriptExecArgv } from "@mingcha/infra/run-typescript";
import type { LocatedModel } from "./load-model.ts";
import type { FromChild, SessionFacts, ToChild } from "./protocol.ts";
import { type EndKind, endKindOf } from "./restart-policy.ts";
import type { LookTask, TakenLooks } from "./take-looks.ts";

/** `inHand`: how many answers were awaited of it. */
export type ChildEnd = { kind: "ended"; how: EndKind; text: string; inHand: number };
export type ChildAnswer =
  | { kind: "done"; result: TakenLooks | Refusal }
  | { kind: "failed"; text: string }
  | { kind: "refused"; text: string }
  | { kind: "ready"; facts: SessionFacts }
  | ChildEnd;

export type ChildLimits = {
  /** Silence after which the child is killed. It speaks every second, inference included. */
  silenceMs: number;
  /** Loading and warming up a model. */
  openMs: number;
  /** Longest work on a clip without a look coming of it; decoding up to the next look is part of it. */
  progressMs: number;
};

/** One child process with one model, watched while something is asked of it. Gone for good once it has ended. */
export type InferenceChild = {
  pid: number | undefined;
  /** Looks it has finished, as far as it has told. */
  looks: () => number;
  /** Set as soon as it has ended, whoever ended it. */
  end: () => ChildEnd | undefined;
  open: (model: LocatedModel, tools: MediaTools) => Promise<ChildAnswer>;
  /** Several may be in hand at once. */
  look: (task: LookTask) => Promise<ChildAnswer>;
  /** Asks it to leave; kills it where it does not. */
  close: () => Promise<void>;
};

const childMain = fileURLToPath(new URL("./child-main.ts", import.meta.url));
const watchEveryMs = 250;

/** Starts a child. `onMemory` hears its resident memory in bytes about once a second. */
export function startInferenceChild(limits: ChildLimits, onMemory: (bytes: number) => void): InferenceChild {
  const child = fork(childMain, [], { execArgv: typescriptExecArgv(), serialization: "advanced" });
  let end: ChildEnd | undefined;
  let hangText: string | undefined;
  let nextTaskId = 1;
  let silentMs = 0;
  let stuckMs = 0;
  let looks = 0;
  const onEnd = new Set<(end: ChildEnd) => void>();
  const asked = new Set<{ silenceMs: number; limitMs: number }>();

  const gone = (code: number | null, signal: NodeJS.Signals | null): void => {
    if (end !== undefined) return;
    const how = hangText === undefined ? endKindOf(signal) : "hang";
    const text = hangText ?? `the inference process ended (${signal ?? `code ${code}`})`;
    end = { kind: "ended", how, text, inHand: asked.size };
    for (const tell of [...onEnd]) tell(end);
  };
  // One clip in hand, one listener: many at once are no leak.
  child.setMaxListeners(0);
  child.on("exit", gone);
  // No process could be started at all.
  child.on("error", () => {
    if (child.pid === undefined) gone(null, null);
  });
  child.on("message", (message: FromChild) => {
    silentMs = 0;
    if (message.type !== "alive") return;
    if (message.looks !== looks) stuckMs = 0;
    looks = message.looks;
    onMemory(message.memoryBytes);
  });

  let watch: NodeJS.Timeout | undefined;
  let lastMs = 0;

  /** Watches while anything is asked; the tightest limits of what is in hand count. */
  function watchOver(): void {
    if (asked.size === 0) {
      clearInterval(watch);
      watch = undefined;
      return;
    }
    if (watch !== undefined) return;
    silentMs = 0;
    stuckMs = 0;
    lastMs = performance.now();
    watch = setInterval(() => {
      // Where this process itself stood still (a suspended machine, a long computation), the child's words are waiting to be read.
      const passedMs = Math.min(performance.now() - lastMs, 2 * watchEveryMs);
      lastMs = performance.now();
      silentMs += passedMs;
      stuckMs += passedMs;
      if (silentMs > Math.min(...[...asked].map(({ silenceMs }) => silenceMs)))
        hangText ??= `the inference process did not answer for ${Math.round(silentMs / 1000)} s and was stopped`;
      else if (stuckMs > Math.min(...[...asked].map(({ limitMs }) => limitMs)))
        hangText ??= `the inference process came to no result for ${Math.round(stuckMs / 1000)} s and was stopped`;
      else return;
      child.kill("SIGKILL");
    }, watchEveryMs);
  }

  /** Sends and waits for one kind of answer; the child's end is always one. Until it has loaded its code it cannot speak. */
  function ask(message: ToChild, limitMs: number, pick: (message: FromChild) => ChildAnswer | undefined) {
    return new Promise<ChildAnswer>((resolve) => {
      if (end !== undefined) return resolve(end);
      const limit = { silenceMs: message.type === "open" ? limits.openMs : limits.silenceMs, limitMs };
      const settle = (answer: ChildAnswer): void => {
        asked.delete(limit);
        watchOver();
        child.off("message", onMessage);
        onEnd.delete(settle);
        // An answer is progress, whoever it was for.
        stuckMs = 0;
        resolve(answer);
      };
      const onMessage = (from: FromChild): void => {
        const picked = pick(from);
        if (picked !== undefined) settle(picked);
      };
      child.on("message", onMessage);
      onEnd.add(settle);
      asked.add(limit);
      watchOver();
      // A channel that closes under the message: the end follows and is the answer.
      if (child.connected) child.send(message, () => {});
    });
  }

  return {
    pid: child.pid,
    looks: () => looks,
    end: () => end,
    open: (model, tools) =>
      ask({ type: "open", model, tools }, limits.openMs, (message) => {
        if (message.type === "refused") return { kind: "refused", text: message.text };
        if (message.type !== "ready") return undefined;
        const { type: _, ...facts } = message;
        return { kind: "ready", facts };
      }),
    look: (task) => {
      const taskId = nextTaskId++;
      return ask({ type: "look", taskId, task }, limits.progressMs, (message) => {
        if (message.type === "done" && message.taskId === taskId) return { kind: "done", result: message.result };
        if (message.type === "failed" && message.taskId === taskId) return { kind: "failed", text: message.text };
        return undefined;
      });
    },
    close: async () => {
      if (end !== undefined) return;
      const ended = new Promise<void>((resolve) => onEnd.add(() => resolve()));
      if (child.connected) child.send({ type: "close" } satisfies ToChild, () => {});
      const force = setTimeout(() => child.kill("SIGKILL"), 2_000);
      await ended;
      clearTimeout(force);
    },
  };
}
