import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  arrivalUncertaintyMs,
  believedOffsetMs,
  type ClockOffset,
  type FrameTime,
  type StreamReason,
  unseenDelayMs,
} from "@mingcha/models/streams";
import { type HlsSegment, readPlaylist } from "../hls/read-playlist.ts";
import { createAsk, offsetByDate } from "../http/ask.ts";
import type { ReceiveLive } from "../live-kind.ts";

const wholeMs = 15_000;
const playlistBytesMax = 1024 * 1024;
/** Ten seconds of 8K at 40 Mbit/s. */
const segmentBytesMax = 64 * 1024 * 1024;
/** A playlist that shows nothing new for so many of its longest segments, and for this long, is silent (house rule). */
const silentTargets = 4;
const silentMs = 15_000;

type Ended = { readonly reason: StreamReason };

/**
 * HLS (RFC 8216): the playlist is read again and again, each segment is fetched once, kept as it came and is a part of its own. Its time is what the
 * playlist says where that agrees with its coming; else it follows from when it was first listed, which is at its end.
 */
export const receiveHls: ReceiveLive = async (_tools, target, events) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ask = createAsk(target, { wholeMs });
  let lastMs: number | null = null;
  let offset: ClockOffset | null = null;
  let lastNumber: number | null = null;
  let headOf: { readonly url: string; readonly bytes: Buffer } | null = null;

  /** The bytes of a segment as a file that can be read by itself. */
  const fetchSegment = async ({ url, headUrl }: HlsSegment): Promise<Buffer | Ended> => {
    if (headUrl !== null && headOf?.url !== headUrl.href) {
      const head = await ask(headUrl, segmentBytesMax, signal);
      if (head.kind === "failed") return head;
      headOf = { url: headUrl.href, bytes: head.body };
    }
    const answer = await ask(url, segmentBytesMax, signal);
    if (answer.kind === "failed") return answer;
    return headUrl === null || headOf === null ? answer.body : Buffer.concat([headOf.bytes, answer.body]);
  };

  const keep = async (segment: HlsSegment, listedMs: number, pollMs: number): Promise<Ended | null> => {
    const bytes = await fetchSegment(segment);
    if (!Buffer.isBuffer(bytes)) return bytes;
    const name = `${String(segment.number).padStart(9, "0")}.${segment.headUrl === null ? "ts" : "mp4"}`;
    const file = join(target.folder, name);
    await writeFile(`${file}.part`, bytes);
    await rename(`${file}.part`, file);
    if (lastMs === null) events.first(Date.now());
    lastMs = Date.now();
    events.part({ file, start: startOf(segment, listedMs, pollMs), lengthMs: segment.lengthMs });
    return null;
  };

  const run = async (): Promise<StreamReason> => {
    let url = new URL(target.url);
    let newestMs = Date.now();
    while (!signal.aborted) {
      const askedMs = Date.now();
      const answer = await ask(url, playlistBytesMax, signal);
      if (answer.kind === "failed") return answer.reason;
      if (answer.deviceMs !== null) offset = offsetByDate(askedMs, answer.answeredMs, answer.deviceMs);
      const playlist = readPlaylist(answer.body.toString("utf8"), url);
      if (playlist.kind === "refused") return playlist.reason;
      if (playlist.kind === "choice") {
        // one step only: a playlist that names itself would go on for ever
        if (url.href !== new URL(target.url).href) return "not_understood";
        url = playlist.url;
        continue;
      }
      const { segments, targetMs, isOver } = playlist;
      const pollMs = Math.min(5_000, Math.max(500, targetMs / 2));
      const fresh = segments.filter(({ number }) => lastNumber === null || number > lastNumber);
      // what was taken off the list before it was read is a gap, and the next connection begins behind it
      if (lastNumber !== null && fresh[0] !== undefined && fresh[0].number > lastNumber + 1) return "ended";
      // a device that was started anew counts from the beginning
      if (lastNumber !== null && fresh.length === 0 && (segments.at(-1)?.number ?? 0) < lastNumber) return "ended";
      let behindMs = fresh.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
      for (const segment of fresh) {
        behindMs -= segment.lengthMs;
        const ended = await keep(segment, answer.answeredMs - behindMs, pollMs);
        if (ended !== null) return ended.reason;
        lastNumber = segment.number;
        newestMs = Date.now();
      }
      if (isOver) return "ended";
      if (Date.now() - newestMs > Math.max(silentMs, silentTargets * targetMs)) return "silent";
      await sleep(Math.max(0, askedMs + pollMs - Date.now()), undefined, { signal }).catch(() => undefined);
    }
    return "restarted";
  };
  return {
    lastPacketMs: () => lastMs,
    clockOffset: () => offset,
    ended: run().then((reason) => (signal.aborted ? "restarted" : reason)),
    stop: () => stopping.abort(),
  };
};

/** @param listedMs about when the segment was whole, on our clock: surely not later, by the time between two readings not earlier. */
function startOf({ deviceMs, lengthMs }: HlsSegment, listedMs: number, pollMs: number): FrameTime {
  const arrivedMs = listedMs - lengthMs - unseenDelayMs;
  const uncertaintyMs = Math.round(arrivalUncertaintyMs + pollMs);
  const isBelieved = deviceMs !== null && Math.abs(deviceMs - arrivedMs) <= believedOffsetMs + pollMs;
  return isBelieved
    ? { atMs: deviceMs, method: "playlist", uncertaintyMs: believedOffsetMs, deviceMs }
    : { atMs: arrivedMs, method: "arrival", uncertaintyMs, deviceMs };
}
