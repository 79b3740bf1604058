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
import { offsetByDate } from "../clocks/offset-by-date.ts";
import { type HlsSegment, readPlaylist } from "../hls/read-playlist.ts";
import { createAsk } from "../http/ask.ts";
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
 * HLS (RFC 8216): the playlist is read again and again; each segment that appears in it is fetched once, kept as it came and is a part of its own. Its
 * time is what the playlist says where that agrees with its appearing; else it follows from that, which is at its end. What stands in the list at
 * the first reading is left: nobody can tell how long it has stood there.
 */
export const receiveHls: ReceiveLive = async (_tools, target, events) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ask = createAsk(target, { wholeMs });
  const connectedMs = Date.now();
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

  const keep = async (segment: HlsSegment, listed: Listed): Promise<Ended | null> => {
    const bytes = await fetchSegment(segment);
    if (!Buffer.isBuffer(bytes)) return bytes;
    const name = `${String(segment.number).padStart(9, "0")}.${segment.headUrl === null ? "ts" : "mp4"}`;
    const file = join(target.folder, name);
    await writeFile(`${file}.part`, bytes);
    await rename(`${file}.part`, file);
    const start = startOf(segment, listed);
    if (lastMs === null) events.first(Math.max(start.atMs, connectedMs));
    lastMs = Date.now();
    events.part({ file, start, lengthMs: segment.lengthMs });
    return null;
  };

  const run = async (): Promise<StreamReason> => {
    let url = new URL(target.url);
    let isChosen = false;
    let readMs: number | null = null;
    let newestMs = Date.now();
    while (!signal.aborted) {
      const askedMs = Date.now();
      const answer = await ask(url, playlistBytesMax, signal);
      if (answer.kind === "failed") return answer.reason;
      const { answeredMs, deviceMs, scaleMs } = answer;
      if (deviceMs !== null) offset = offsetByDate({ askedMs: answer.askedMs, answeredMs, deviceMs }, scaleMs);
      const playlist = readPlaylist(answer.body.toString("utf8"), url);
      if (playlist.kind === "refused") return playlist.reason;
      if (playlist.kind === "choice") {
        // one step only: a choice that names a choice, or itself, would go on for ever
        if (isChosen) return "not_understood";
        isChosen = true;
        url = playlist.url;
        continue;
      }
      const { segments, targetMs, isOver } = playlist;
      if (isOver) return "ended";
      const newest = segments.at(-1)?.number ?? null;
      const fresh = segments.filter(({ number }) => lastNumber !== null && number > lastNumber);
      // what was taken off the list before it was read is a gap, and the next connection begins behind it
      if (lastNumber !== null && fresh[0] !== undefined && fresh[0].number > lastNumber + 1) return "ended";
      // a device that was started anew counts from the beginning
      if (lastNumber !== null && newest !== null && newest < lastNumber) return "ended";
      // what is listed at the first reading may be hours old: a server shows the list of a camera that is long dead
      lastNumber ??= newest;
      let behindMs = fresh.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
      for (const segment of fresh) {
        behindMs -= segment.lengthMs;
        const listed = { atMs: answeredMs - behindMs, withinMs: answeredMs - (readMs ?? answeredMs) };
        const ended = await keep(segment, listed);
        if (ended !== null) return ended.reason;
        lastNumber = segment.number;
        newestMs = Date.now();
      }
      readMs = answeredMs;
      if (Date.now() - newestMs > Math.max(silentMs, silentTargets * targetMs)) return "silent";
      const pollMs = Math.min(5_000, Math.max(500, targetMs / 2));
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

/** When a segment was whole, on our clock: surely not after `atMs`, and within so long before it. */
interface Listed {
  readonly atMs: number;
  readonly withinMs: number;
}

function startOf({ deviceMs, lengthMs }: HlsSegment, { atMs, withinMs }: Listed): FrameTime {
  const arrivedMs = atMs - lengthMs - unseenDelayMs;
  const reachMs = Math.round(believedOffsetMs + withinMs);
  const isBelieved = deviceMs !== null && Math.abs(deviceMs - arrivedMs) <= reachMs;
  return isBelieved
    ? { atMs: deviceMs, method: "playlist", uncertaintyMs: reachMs, deviceMs }
    : { atMs: arrivedMs, method: "arrival", uncertaintyMs: Math.round(arrivalUncertaintyMs + withinMs), deviceMs };
}
