import type { FrameTimeMethod } from "@mingcha/models/streams";
import type { LocalTime } from "../telemetry/telemetry.ts";
import { localToUtc, offsetMs } from "./local-to-utc.ts";
import { timeInName } from "./time-in-name.ts";

export type StartMethod = FrameTimeMethod | "uploader" | "telemetry" | "file_name" | "container" | "received";

export interface StartClues {
  /** Of a part of a live source: told by whoever received it. */
  readonly live: { readonly method: FrameTimeMethod; readonly atMs: number; readonly uncertaintyMs: number } | null;
  /** What the uploader or the caller stated. */
  readonly uploaderMs: number | null;
  /** First dated entry of the telemetry, an instant or a time without zone, and how far into the video it stands. */
  readonly telemetry: { readonly time: LocalTime | { readonly utcMs: number }; readonly offsetMs: number } | null;
  readonly fileName: string;
  /** `creation_time` of the container: UTC by specification, local time with some makers. */
  readonly containerMs: number | null;
  readonly receivedMs: number;
  readonly durationMs: number;
  readonly timezone: string;
}

export interface ChosenStart {
  readonly atMs: number;
  readonly method: StartMethod;
  readonly uncertaintyMs: number;
  /** Other clues that differ by more than five minutes, and clues that cannot be true: for the custody record. */
  readonly disagreements: readonly { readonly method: StartMethod; readonly atMs: number; readonly reason: string }[];
}

export const disagreementMs = 5 * 60_000;
/** No system of this kind recorded anything before; zeroed clocks show 1904, 1970 or 1980. */
const earliestMs = Date.UTC(2000, 0, 1);
/** Clocks of uploader and server may differ by this much. */
const futureMs = 10 * 60_000;

/**
 * Decides when the first frame was taken: who received it live, else the uploader's word, else the telemetry's date in the source's zone, else the file name, else
 * the container, else the time of arrival. The first plausible clue wins, the others are compared with it. Container time alone may
 * be local time passed off as UTC, so its uncertainty is the zone's distance from UTC.
 */
export function chooseStartTime(clues: StartClues): ChosenStart {
  const offered = listClues(clues);
  const latest = clues.receivedMs + futureMs;
  const plausible = offered.filter(({ atMs }) => atMs >= earliestMs && atMs <= latest);
  const received = {
    method: "received" as const,
    atMs: clues.receivedMs - clues.durationMs,
    // A file can be a day old or a year: what is known is only that it was recorded before it came.
    uncertaintyMs: 86_400_000,
  };
  const chosen = plausible[0] ?? received;
  const disagreements = offered
    .filter((clue) => clue !== chosen)
    .flatMap(({ method, atMs }) => {
      if (atMs < earliestMs || atMs > latest) return [{ method, atMs, reason: "cannot be true" }];
      const difference = atMs - chosen.atMs;
      if (Math.abs(difference) <= disagreementMs) return [];
      return [{ method, atMs, reason: `differs by ${Math.round(difference / 1000)} s` }];
    });
  return { ...chosen, disagreements };
}

function listClues(clues: StartClues): { method: StartMethod; atMs: number; uncertaintyMs: number }[] {
  const { live, uploaderMs, telemetry, fileName, containerMs, timezone } = clues;
  const named = timeInName(fileName);
  const list: { method: StartMethod; atMs: number; uncertaintyMs: number }[] = [];
  if (live !== null) list.push(live);
  if (uploaderMs !== null) list.push({ method: "uploader", atMs: uploaderMs, uncertaintyMs: 1_000 });
  if (telemetry) {
    const { time } = telemetry;
    const saidMs = "utcMs" in time ? time.utcMs : localToUtc(time, timezone);
    list.push({
      method: "telemetry",
      atMs: saidMs - telemetry.offsetMs,
      uncertaintyMs: saidMs % 1_000 === 0 ? 1_000 : 500,
    });
  }
  if (named) {
    const atMs = localToUtc(named.time, named.isUtc ? "UTC" : timezone);
    list.push({ method: "file_name", atMs, uncertaintyMs: 2_000 });
  }
  if (containerMs !== null) {
    const uncertaintyMs = Math.max(5_000, Math.abs(offsetMs(containerMs, timezone)));
    list.push({ method: "container", atMs: containerMs, uncertaintyMs });
  }
  return list;
}
