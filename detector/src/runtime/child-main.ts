import { createKeyframeDecoder, type KeyframeDecoder } from "@mingcha/infra/media";
import { createFrameBatcher } from "./batch-frames.ts";
import { readModelFile } from "./load-model.ts";
import { type OnnxSession, openOnnxSession } from "./onnx-session.ts";
import type { FromChild, ToChild } from "./protocol.ts";
import { takeLooks } from "./take-looks.ts";
import { takeTiledLooks } from "./take-tiled-looks.ts";

/**
 * The process that holds one model: one session of one thread, loaded once. It decodes with its own ffmpeg, so frames are read where
 * they are used. Its parent watches it by the age of its last message.
 */
const send = (message: FromChild): void => {
  process.send?.(message);
};

/** Looks finished since the start: a parent that sees them stand still for long knows that this process hangs. */
let looks = 0;
const sayAlive = (): void => send({ type: "alive", memoryBytes: process.memoryUsage.rss(), looks });

/**
 * On the CPU a batch costs as much a frame as single runs do (`npm run bench -- --profile` measures it), and delays the first; an accelerator is
 * filled by it.
 */
const batchMaxOnAccelerator = 8;

type Open = Extract<ToChild, { type: "open" }>;
let loaded: { open: Open; session: Pick<OnnxSession, "pixelFormat" | "detect"> } | undefined;
/** Decoders that stay and have nothing in hand: each clip in hand needs one of its own. */
const standing: KeyframeDecoder[] = [];

async function open(message: Open): Promise<void> {
  const startedMs = performance.now();
  const file = await readModelFile(message.model);
  if (file.kind === "bad") return send({ type: "refused", text: file.text });
  const session = await openOnnxSession(file.bytes, message.model.manifest);
  if ("kind" in session) return send({ type: "refused", text: session.text });
  const { provider, providerNote, threads, folding, pixelFormat, canBatch, detectBatch } = session;
  const batchMax = provider !== "cpu" && canBatch ? batchMaxOnAccelerator : 1;
  loaded = { open: message, session: { pixelFormat, detect: createFrameBatcher(detectBatch, batchMax) } };
  const note = providerNote === undefined ? {} : { providerNote };
  const openMs = performance.now() - startedMs;
  send({ type: "ready", provider, ...note, threads, folding, batchMax, openMs });
}

async function look({ taskId, task }: Extract<ToChild, { type: "look" }>): Promise<void> {
  if (loaded === undefined) return send({ type: "failed", taskId, text: "no model is open" });
  const { session, open: setup } = loaded;
  let lastSignMs = 0;
  const onLook = (): void => {
    looks++;
    if (performance.now() - lastSignMs < 1_000) return;
    lastSignMs = performance.now();
    sayAlive();
  };
  const model = { manifest: setup.model.manifest, session };
  const decoder = standing.pop() ?? createKeyframeDecoder(setup.tools);
  try {
    const { tiling } = task;
    const result =
      tiling === undefined
        ? await takeLooks(setup.tools, model, task, { onLook, standing: decoder })
        : await takeTiledLooks(setup.tools, model, { ...task, tiling }, { onLook });
    send({ type: "done", taskId, result });
  } finally {
    standing.push(decoder);
  }
}

process.on("message", (message: ToChild) => {
  if (message.type === "close") {
    for (const decoder of standing) decoder.close();
    process.exit(0);
  }
  const work = message.type === "open" ? open(message) : look(message);
  work.catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    send(message.type === "look" ? { type: "failed", taskId: message.taskId, text } : { type: "refused", text });
  });
});
// A parent that dies must not leave a process behind.
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the parent decides when this one ends.
process.on("SIGINT", () => {});
setInterval(sayAlive, 1_000).unref();
