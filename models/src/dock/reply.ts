import { type ResultCode, resultCodes } from "./drops.ts";
import type { Envelope } from "./messages.ts";

export interface Answer {
  readonly result: ResultCode;
  /** What DJI puts under `output`. */
  readonly output?: Readonly<Record<string, unknown>>;
  /** What DJI puts beside `result` (config). */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/** A reply to a message: its transaction and business ids come back. @param atMs ms since 1970. */
export const replyTo = (
  { tid, bid, method }: Pick<Envelope, "tid" | "bid" | "method">,
  { result, output, beside }: Answer,
  atMs: number,
) => ({
  tid,
  bid,
  method,
  timestamp: atMs,
  data: { ...beside, result: resultCodes[result], ...(output === undefined ? {} : { output }) },
});

/** Asks a dock to upload the media of one flight before others. */
export const prioritizeUpload = (flightId: string, ids: { tid: string; bid: string }, atMs: number) => ({
  ...ids,
  method: "upload_flighttask_media_prioritize",
  timestamp: atMs,
  data: { flight_id: flightId },
});
