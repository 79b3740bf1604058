import { parseArgs } from "node:util";
import type { LocalTime } from "../telemetry/telemetry.ts";
import { localToUtc } from "../time/local-to-utc.ts";

export const usage = "npm run ingest -- FILE… [--source ID] [--scene scene.json] [--start ISO8601] [--srt FILE]";

export interface CommandArguments {
  readonly files: readonly string[];
  readonly source: string | null;
  readonly scene: string | null;
  readonly start: string | null;
  readonly srt: string | null;
}

/** Wrong use of the command; the message is the one sentence to print. */
export class UsageError extends Error {}

export function parseArguments(argv: readonly string[]): CommandArguments {
  const text = { type: "string" } as const;
  let parsed: { values: Partial<Record<"source" | "scene" | "start" | "srt", string>>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...argv],
      options: { source: text, scene: text, start: text, srt: text },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "Wrong arguments."} Usage: ${usage}`);
  }
  const { values, positionals: files } = parsed;
  if (files.length === 0) throw new UsageError(`No file was named. Usage: ${usage}`);
  if (files.length > 1 && (values.start !== undefined || values.srt !== undefined))
    throw new UsageError("--start and --srt belong to one recording; name one FILE with them.");
  return {
    files,
    source: values.source ?? null,
    scene: values.scene ?? null,
    start: values.start ?? null,
    srt: values.srt ?? null,
  };
}

const isoTime = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** `2026-05-01T08:00:00+08:00`; without an offset it is the wall clock of the source's zone. Null: not such a time. */
export function parseStart(text: string, timezone: string): Date | null {
  const match = isoTime.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const time: LocalTime = {
    year,
    month,
    day,
    hour,
    minute,
    second,
    millisecond: Number((match[7] ?? "0").padEnd(3, "0")),
  };
  const isReal =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate() &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) return null;
  if (match[8] === undefined) return new Date(localToUtc(time, timezone));
  const at = new Date(text.replace(" ", "T"));
  return Number.isNaN(at.getTime()) ? null : at;
}
