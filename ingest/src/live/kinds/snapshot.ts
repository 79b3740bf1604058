import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClockOffset, type StreamReason, unseenDelayMs } from "@mingcha/models/streams";
import { offsetByDate } from "../clocks/offset-by-date.ts";
import { createAsk } from "../http/ask.ts";
import type { ReceiveLive } from "../live-kind.ts";

/** A device that does not answer within this is taken for gone (house rule). */
const wholeMs = 8_000;
/** An 8K JPEG of the best quality is about half of this. */
const bytesMax = 32 * 1024 * 1024;
/** Cameras hand out the picture they have ready, up to so old beyond what is taken off for it (ingest note §4.2, an estimate). */
const readyMs = 1_500;

/**
 * Single pictures, asked for one after another: each is a part of its own. Its time is that of the answer less what a camera takes, and surely not
 * after it; both ends of the request bound it. The date that the device writes over its answer is its clock.
 */
export const receiveSnapshots: ReceiveLive = async (_tools, target, events) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ask = createAsk(target, { wholeMs });
  let lastMs: number | null = null;
  let offset: ClockOffset | null = null;

  const run = async (): Promise<StreamReason> => {
    for (let nth = 0; !signal.aborted; nth += 1) {
      const askedMs = Date.now();
      const answer = await ask(new URL(target.url), bytesMax, signal);
      if (answer.kind === "failed") return signal.aborted ? "restarted" : answer.reason;
      if (!isJpeg(answer.body)) return "not_picture";
      const { answeredMs, deviceMs, scaleMs } = answer;
      if (deviceMs !== null) offset = offsetByDate({ askedMs: answer.askedMs, answeredMs, deviceMs }, scaleMs);
      const file = join(target.folder, `${String(nth).padStart(5, "0")}.jpg`);
      // under another name until it is whole: what a kill leaves here is taken in later
      await writeFile(`${file}.part`, answer.body);
      await rename(`${file}.part`, file);
      if (lastMs === null) events.first(answeredMs);
      lastMs = answeredMs;
      const uncertaintyMs = Math.round(readyMs + answeredMs - askedMs);
      const start = { atMs: answeredMs - unseenDelayMs, method: "request" as const, uncertaintyMs, deviceMs };
      events.part({ file, start, lengthMs: 0 });
      const restMs = Math.max(0, askedMs + target.clipS * 1_000 - Date.now());
      await sleep(restMs, undefined, { signal }).catch(() => undefined);
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

/** First and last marker of a JPEG (ITU-T T.81, B.1.1.3): a page that asks to sign in has neither. */
const isJpeg = (body: Buffer): boolean =>
  body.length > 4 && body.readUInt16BE(0) === 0xffd8 && body.includes(Buffer.from([0xff, 0xd9]));
