import { type MediaTools, type Refusal, refuse } from "@mingcha/infra/media";
import { type ChildAnswer, type ChildLimits, type InferenceChild, startInferenceChild } from "./inference-child.ts";
import { createTurns } from "./inference-turns.ts";
import type { LocatedModel } from "./load-model.ts";
import type { SessionFacts } from "./protocol.ts";
import { type EndKind, isCondemned, restMs } from "./restart-policy.ts";
import type { LookTask, TakenLooks } from "./take-looks.ts";

/** A look task that did not come to an end, through no fault of the clip that could be shown. It may be tried again. */
export type LookFailure = { kind: "failed"; text: string };
export type LookOutcome = TakenLooks | Refusal | LookFailure;

/** How a process is doing, as it is. */
export type InferenceHealth = {
  /** `resting`: it ended too often without finishing a look; the next start is some time away. */
  state: "ready" | "starting" | "resting" | "closed";
  processId: number | null;
  /** What the session runs on: said by the process that opened it last. */
  session: SessionFacts;
  /** Processes that ended unasked since the start. */
  ends: number;
  /** Of these, the last in a row without a finished look between them. */
  endsInARow: number;
  lastEnd: string | null;
  memoryBytes: number;
};

export type InferenceProcess = {
  /**
   * Takes the looks of one clip; calls beyond `clipsAtOnce` wait their turn. Never throws. A process that ends under a clip is replaced and
   * the clip looked at again from its beginning; a clip at whose hands process after process ends is refused (`stops_analysis`).
   */
  look: (task: LookTask) => Promise<LookOutcome>;
  /** Clips it has in hand at once, so that one's decoding fills the other's waiting. */
  clipsAtOnce: number;
  health: () => InferenceHealth;
  /** Resident memory of the child, bytes; the highest any of its messages told. */
  memoryBytesMax: () => number;
  pid: () => number | undefined;
  close: () => Promise<void>;
};

export type InferenceLimits = ChildLimits & {
  /** How long a clip waits for a process that does not start; then `failed`. Services wait for ever: a clip must not pay for them. */
  patienceMs: number;
  /** Clips in hand at once, by what the session runs on. On the CPU one: its ffmpeg and the model share the core. */
  clipsAtOnce: (session: SessionFacts) => number;
  /** Called when a process ended unasked or would not start, and how the clip in hand goes on. */
  onTrouble: (text: string, health: InferenceHealth) => void;
};

const defaultLimits: InferenceLimits = {
  silenceMs: 20_000,
  openMs: 60_000,
  progressMs: 300_000,
  patienceMs: 60_000,
  clipsAtOnce: () => 1,
  onTrouble: () => {},
};

/** Starts a child, loads the model in it and waits for its warm-up inference. A model that does not fit is refused with one sentence. */
export async function startInferenceProcess(
  model: LocatedModel,
  tools: MediaTools,
  given: Partial<InferenceLimits> = {},
): Promise<InferenceProcess | { kind: "bad"; text: string }> {
  const limits = { ...defaultLimits, ...given };
  let child: InferenceChild | undefined;
  let memoryBytes = 0;
  let memoryMax = 0;
  let ends = 0;
  let endsInARow = 0;
  let lastEnd: string | null = null;
  let state: InferenceHealth["state"] = "starting";
  let isClosing = false;
  const wakes = new Set<() => void>();
  const pending = new Set<Promise<LookOutcome>>();

  async function open(): Promise<{ child: InferenceChild; facts: SessionFacts } | string> {
    const started = startInferenceChild(limits, (bytes) => {
      memoryBytes = bytes;
      memoryMax = Math.max(memoryMax, bytes);
    });
    const answer = await started.open(model, tools);
    if (answer.kind === "ready") return { child: started, facts: answer.facts };
    await started.close();
    return answer.kind === "done" ? "the inference process answered what it was not asked" : answer.text;
  }

  const first = await open();
  if (typeof first === "string") return { kind: "bad", text: first };
  child = first.child;
  let session = first.facts;
  state = "ready";
  const clipsAtOnce = limits.clipsAtOnce(session);
  const turns = createTurns(clipsAtOnce);

  const health = (): InferenceHealth => ({
    state: state === "ready" && child?.end() !== undefined ? "starting" : state,
    processId: child?.pid ?? null,
    session,
    ends,
    endsInARow,
    lastEnd,
    memoryBytes,
  });

  function note(text: string): void {
    ends++;
    endsInARow = child !== undefined && child.looks() > 0 ? 1 : endsInARow + 1;
    lastEnd = text;
    child = undefined;
    if (state !== "closed") state = restMs(endsInARow) > 0 ? "resting" : "starting";
    limits.onTrouble(text, health());
  }

  /** Waits, or less where the service is closed meanwhile. */
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        wakes.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      wakes.add(done);
    });

  let starting: Promise<InferenceChild | string> | undefined;

  /** A live child: the one there is, else a new one that all who wait share. */
  async function alive(): Promise<InferenceChild | string> {
    const idleEnd = child?.end();
    if (idleEnd !== undefined) note(idleEnd.text);
    if (child !== undefined) return child;
    starting ??= replace().finally(() => {
      starting = undefined;
    });
    return starting;
  }

  /** Starts until one stays, resting in between where the last ones came to nothing. */
  async function replace(): Promise<InferenceChild | string> {
    const untilMs = performance.now() + limits.patienceMs;
    while (child === undefined) {
      const waitMs = restMs(endsInARow);
      if (performance.now() + waitMs > untilMs) return `no inference process stays alive: ${lastEnd}`;
      if (waitMs > 0) await rest(waitMs);
      if (isClosing) return "the inference process is closed";
      state = "starting";
      const opened = await open();
      if (typeof opened === "string") {
        note(opened);
        continue;
      }
      child = opened.child;
      session = opened.facts;
      state = "ready";
    }
    return child;
  }

  /** One try at a clip. */
  async function attempt(task: LookTask): Promise<ChildAnswer> {
    if (isClosing) return { kind: "failed", text: "the inference process is closed" };
    const worker = await alive();
    if (typeof worker === "string") return { kind: "failed", text: worker };
    const answer = await worker.look(task);
    // Several clips may have been in hand: the end of their process is one end.
    if (answer.kind === "ended" && child === worker) note(answer.text);
    return answer;
  }

  async function lookOnce(task: LookTask): Promise<LookOutcome> {
    const endings: EndKind[] = [];
    let isSuspect = false;
    try {
      for (;;) {
        const release = await turns.take(isSuspect);
        const answer = await attempt(task).finally(release);
        if (answer.kind === "done") {
          endsInARow = 0;
          return answer.result;
        }
        if (answer.kind !== "ended")
          return { kind: "failed", text: answer.kind === "ready" ? "it answered what it was not asked" : answer.text };
        // What happens to a process that has nothing else in hand is this clip's doing.
        if (answer.inHand === 1) endings.push(answer.how);
        if (answer.inHand > 1 && !isSuspect) {
          isSuspect = true;
          turns.suspect(1);
        }
        if (isCondemned(endings)) return refuse("stops_analysis", `${endings.join(", ")}: ${answer.text}`);
      }
    } finally {
      if (isSuspect) turns.suspect(-1);
    }
  }

  return {
    look: (task) => {
      const looking = lookOnce(task);
      pending.add(looking);
      return looking.finally(() => pending.delete(looking));
    },
    clipsAtOnce,
    health,
    memoryBytesMax: () => memoryMax,
    pid: () => (child?.end() === undefined ? child?.pid : undefined),
    close: async () => {
      isClosing = true;
      for (const wake of [...wakes]) wake();
      await Promise.all(pending);
      state = "closed";
      await child?.close();
    },
  };
}
