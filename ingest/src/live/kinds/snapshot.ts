import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClockOffset, type StreamReason, unseenDelayMs } from "@mingcha/models/streams";
import { askPicture } from "../http/ask-picture.ts";
import type { ReceiveLive } from "../live-kind.ts";

/** A device that does not answer within this is taken for gone (house rule). */
const answerMs = 8_000;
/** Cameras hand out the picture they have ready, up to so old beyond what is taken off for it (ingest note §4.2, an estimate). */
const readyMs = 1_500;
/** The date of an answer is told in whole seconds (RFC 9110 §5.6.7). */
const dateStepMs = 1_000;

/**
 * Single pictures, asked for one after another: each is a part of its own. Its time is that of the answer less what a camera takes, and surely not
 * after it; both ends of the request bound it. The date that the device writes over its answer is its clock.
 */
export const receiveSnapshots: ReceiveLive = async (_tools, target, events) => {
  const stopping = new AbortController();
  let lastMs: number | null = null;
  let offset: ClockOffset | null = null;
  const ask = askPicture(target, answerMs);

  const run = async (): Promise<StreamReason> => {
    for (let nth = 0; !stopping.signal.aborted; nth += 1) {
      const askedMs = Date.now();
      const answer = await ask(stopping.signal);
      if (answer.kind === "failed") return stopping.signal.aborted ? "restarted" : answer.reason;
      const { answeredMs, deviceMs, bytes } = answer;
      const tripMs = answeredMs - askedMs;
      if (deviceMs !== null) {
        const uncertaintyMs = Math.round(tripMs / 2 + dateStepMs / 2);
        const offsetMs = Math.round(deviceMs + dateStepMs / 2 - (askedMs + answeredMs) / 2);
        offset = { method: "http", atMs: answeredMs, offsetMs, uncertaintyMs };
      }
      const file = join(target.folder, `${String(nth).padStart(5, "0")}.jpg`);
      // under another name until it is whole: what a kill leaves here is taken in later
      await writeFile(`${file}.part`, bytes);
      await rename(`${file}.part`, file);
      if (lastMs === null) events.first(answeredMs);
      lastMs = answeredMs;
      const start = {
        atMs: answeredMs - unseenDelayMs,
        method: "request" as const,
        uncertaintyMs: Math.round(readyMs + tripMs),
        deviceMs,
      };
      events.part({ file, start, lengthMs: 0 });
      await sleep(Math.max(0, askedMs + target.clipS * 1_000 - Date.now()), undefined, {
        signal: stopping.signal,
      }).catch(() => undefined);
    }
    return "restarted";
  };
  return {
    lastPacketMs: () => lastMs,
    clockOffset: () => offset,
    ended: run(),
    stop: () => stopping.abort(),
  };
};
