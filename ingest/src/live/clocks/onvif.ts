import { setTimeout as sleep } from "node:timers/promises";
import { reachHost } from "@mingcha/infra/streams";
import { halfOf, middleOf, narrow, type OffsetSpan, type SecondReading, waitForTurnMs } from "@mingcha/models/device";
import { isStreamKind, readStreamAddress } from "@mingcha/models/streams";
import { createDateTimeAsk, type DateTimeTarget, type ToldTime } from "../onvif/ask-date-time.ts";
import { isOtherScale } from "../wall-scale.ts";
import type { ClockDevice, CompareClock, Comparison } from "./clock-method.ts";

/** Path of the device service (ONVIF Core Specification §5.1.1). */
export const usualPath = "/onvif/device_service";
/** A device tells whole seconds: it is asked so often for the turn of one, each time halving what is possible. */
const pollsMax = 8;
/** Closer than this is no use: the way of a question is about as long. */
const closeMs = 60;

/** The device asked for its time (ONVIF `GetSystemDateAndTime`); the error holds half a second, half the trip, and less with every question. */
export const compareByOnvif: CompareClock = async (device, signal) => {
  if (!device.stream.onvifEnabled) return { kind: "failed", reason: "switched_off" };
  const target = await findTarget(device);
  if ("kind" in target) return target;
  const ask = createDateTimeAsk(target);
  const readings: SecondReading[] = [];
  let told: ToldTime | null = null;
  let span: OffsetSpan | null = null;
  let scaleMs: number | null = null;
  for (let nth = 0; nth < pollsMax && (span === null || halfOf(span) > closeMs); nth += 1) {
    const answer = await ask(signal);
    // one question that is lost takes nothing from what the others told
    if (answer.kind === "failed") {
      if (readings.length === 0)
        return target.isWithheld && answer.reason === "needs_password"
          ? { kind: "failed", reason: "port_not_stated" }
          : answer;
      break;
    }
    scaleMs ??= answer.scaleMs;
    // our own clock was set between two questions: their answers do not bound one offset
    if (isOtherScale(answer.scaleMs, scaleMs)) return { kind: "failed", reason: "unsteady" };
    readings.push(answer.reading);
    told = answer.told;
    const narrowed = narrow(readings);
    if (narrowed === null) return { kind: "failed", reason: "unsteady" };
    const isLast = span !== null && halfOf(narrowed) >= halfOf(span) && nth >= 3;
    span = narrowed;
    if (isLast) break;
    const oneWayMs = (answer.reading.answeredMs - answer.reading.askedMs) / 2;
    if (halfOf(span) > closeMs)
      await sleep(waitForTurnMs(span, Date.now(), oneWayMs), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
  }
  const last = readings.at(-1);
  if (span === null || told === null || scaleMs === null || last === undefined)
    return { kind: "failed", reason: "no_answer" };
  return {
    kind: "measured",
    offset: {
      method: "onvif",
      atMs: last.answeredMs,
      scaleMs,
      offsetMs: Math.round(middleOf(span)),
      uncertaintyMs: Math.ceil(halfOf(span)),
      detail: { ...told, asked: readings.length, tripMs: last.answeredMs - last.askedMs },
    },
  };
};

/** The service, and whether a password is there that is not told to it. */
interface OnvifTarget extends DateTimeTarget {
  readonly isWithheld: boolean;
}

/**
 * The service on the source's own host, at its port and path where they are another. What opens the source goes to its own port or to one that an
 * administrator stated with it: behind a port that was only guessed may stand anybody.
 */
async function findTarget({
  stream,
  credentials,
  networks,
}: ClockDevice): Promise<OnvifTarget | Extract<Comparison, { kind: "failed" }>> {
  const read = isStreamKind(stream.kind) ? readStreamAddress(stream.kind, stream.url) : null;
  if (read === null || read.kind === "refused") return { kind: "failed", reason: "name_unknown" };
  const { address } = read;
  const reach = await reachHost(address.host, networks);
  if (reach.kind !== "ok") return { kind: "failed", reason: reach.kind };
  const scheme = address.url.startsWith("https:") ? "https" : "http";
  const port = stream.onvifPort ?? (stream.kind === "rtsp" ? 80 : address.port);
  const isTrusted = stream.onvifPort !== null || port === address.port;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return {
    address: reach.address,
    port,
    url: `${scheme}://${host}:${port}`,
    path: stream.onvifPath ?? usualPath,
    credentials: isTrusted ? credentials : null,
    isWithheld: !isTrusted && credentials !== null,
  };
}
