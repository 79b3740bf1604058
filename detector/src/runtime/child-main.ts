import { createKeyframeDecoder, type KeyframeDecoder } from "@mingcha/infra/media";
import { readModelFile } from "./load-model.ts";
import { type OnnxSession, openOnnxSession } from "./onnx-session.ts";
import type { FromChild, ToChild } from "./protocol.ts";
import { takeLooks } from "./take-looks.ts";

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

let loaded: { session: OnnxSession; standing: KeyframeDecoder; open: Extract<ToChild, { type: "open" }> } | undefined;

async function open(message: Extract<ToChild, { type: "open" }>): Promise<void> {
  const startedMs = performance.now();
  const file = await readModelFile(message.model);
  if (file.kind === "bad") return send({ type: "refused", text: file.text });
  const session = await openOnnxSession(file.bytes, message.model.manifest);
  if ("kind" in session) return send({ type: "refused", text: session.text });
  loaded = { session, standing: createKeyframeDecoder(message.tools), open: message };
  const { provider, providerNote, threads, folding } = session;
  const note = providerNote === undefined ? {} : { providerNote };
  send({ type: "ready", provider, ...note, threads, folding, openMs: performance.now() - startedMs });
}

async function look({ taskId, task }: Extract<ToChild, { type: "look" }>): Promise<void> {
  if (loaded === undefined) return send({ type: "failed", taskId, text: "no model is open" });
  const { session, standing, open: setup } = loaded;
  let lastSignMs = 0;
  const onLook = (): void => {
    looks++;
    if (performance.now() - lastSignMs < 1_000) return;
    lastSignMs = performance.now();
    sayAlive();
  };
  const model = { manifest: setup.model.manifest, session };
  const result = await takeLooks(setup.tools, model, task, { onLook, standing });
  send({ type: "done", taskId, result });
}

process.on("message", (message: ToChild) => {
  if (message.type === "close") {
    loaded?.standing.close();
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
