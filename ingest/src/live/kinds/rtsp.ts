import { setTimeout as sleep } from "node:timers/promises";
import { type CutPart, cutLive } from "@mingcha/infra/media";
import type { ReceiveLive } from "../live-kind.ts";
import { openRelay } from "../rtsp/relay.ts";

/** A device that did not answer, or plays nothing, for so long is taken for gone (house rule; ffmpeg alone may wait 20 s, ingest note §4.1). */
const limits = { answerMs: 8_000, silenceMs: 8_000 };
/** So long may ffmpeg take to close its last part after the stream has ended. */
const closingMs = 10_000;

/** Devices report their clock every few seconds (RFC 3550 §6.2); so long the first parts wait for it, else all of a connection would not join. */
const firstReportMs = 10_000;

/** RTSP over TCP: ffmpeg copies what a relay hands it, the relay signs in and keeps the time. */
export const receiveRtsp: ReceiveLive = async (tools, target, events) => {
  let firstMs: number | null = null;
  const relay = await openRelay(target, limits, () => {
    firstMs = Date.now();
    events.first(firstMs);
  });
  let isOver = false;
  void relay.ended.then(() => {
    isOver = true;
  });
  const hasClock = () => isOver || relay.clock.offset() !== null || Date.now() - (firstMs ?? 0) > firstReportMs;
  const tell = async (part: CutPart): Promise<void> => {
    while (!hasClock()) await sleep(100);
    const start = relay.clock.at(part.fromS);
    if (start !== null) events.part({ file: part.file, start, lengthMs: Math.round((part.toS - part.fromS) * 1_000) });
  };
  let telling = Promise.resolve();
  const cut = await cutLive(
    tools.ffmpeg.path,
    { url: relay.url, folder: target.folder, clipS: target.clipS },
    (part) => {
      telling = telling.then(() => tell(part));
    },
  );
  const finish = async () => {
    const reason = await relay.ended;
    const timer = setTimeout(cut.stop, closingMs);
    await cut.ended;
    clearTimeout(timer);
    await telling;
    return reason;
  };
  // a program that never connects ends the relay too
  void cut.ended.then(() => relay.close("tool_failed"));
  return {
    lastPacketMs: relay.lastPacketMs,
    clockOffset: relay.clock.offset,
    ended: finish(),
    stop: () => relay.close("restarted"),
  };
};
