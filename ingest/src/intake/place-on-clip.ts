import type { Telemetry, TelemetryEntry } from "../telemetry/telemetry.ts";

/** An entry that lies on a clip. */
export type PlacedEntry = TelemetryEntry & { readonly offsetMs: number };

/** Subtitles may outlast the picture by a moment. */
const afterEndMs = 2_000;
/** A clip whose start is less sure than this cannot be laid beside a track by the clock: 60 s at 10 m/s is 600 m. */
export const startUnsureMs = 60_000;

/**
 * Entries within a clip, in order. Those that know where in the video they stand say so themselves; a track that knows only UTC is laid
 * beside the video by its start, where that is sure enough, else nothing of it is placed.
 */
export function placeOnClip(
  { entries }: Telemetry,
  clip: { readonly startedAt: Date; readonly startUncertaintyMs: number; readonly durationMs: number },
): PlacedEntry[] {
  const untilMs = clip.durationMs + afterEndMs;
  const isSure = clip.startUncertaintyMs <= startUnsureMs;
  return entries.flatMap((entry): PlacedEntry[] => {
    const byClock = entry.utcMs === null || !isSure ? null : entry.utcMs - clip.startedAt.getTime();
    const offsetMs = entry.offsetMs ?? byClock;
    return offsetMs === null || offsetMs < 0 || offsetMs > untilMs
      ? []
      : [{ ...entry, offsetMs: Math.round(offsetMs) }];
  });
}

/** Entries at least 100 ms apart: ten a second is finer than the position itself; the file as it arrived stays in the store. */
export function thinEntries(entries: readonly PlacedEntry[], spacingMs = 100): PlacedEntry[] {
  const kept: PlacedEntry[] = [];
  for (const entry of entries) {
    const last = kept.at(-1);
    if (!last || entry.offsetMs - last.offsetMs >= spacingMs) kept.push(entry);
  }
  return kept;
}
