import { localDay } from "../profile/due-date.ts";
import { type FieldSettings, fieldSettings } from "./settings.ts";

export interface RunClip {
  readonly id: string;
  readonly sourceId: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One car's consecutive recordings of one day. */
export interface Run<C extends RunClip> {
  readonly sourceId: string;
  /** Day of the first recording in the bureau's calendar. */
  readonly day: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly clips: readonly C[];
}

/** Recordings in runs: those of one car that follow each other without a longer break, oldest first. Midnight ends none. */
export function runsOf<C extends RunClip>(
  clips: readonly C[],
  timezone: string,
  { runGapMs }: Pick<FieldSettings, "runGapMs"> = fieldSettings,
): Run<C>[] {
  const runs: { sourceId: string; day: string; fromMs: number; toMs: number; clips: C[] }[] = [];
  const ordered = [...clips].sort(
    (a, b) => (a.sourceId < b.sourceId ? -1 : a.sourceId > b.sourceId ? 1 : 0) || a.fromMs - b.fromMs,
  );
  for (const clip of ordered) {
    const open = runs.at(-1);
    if (open !== undefined && open.sourceId === clip.sourceId && clip.fromMs - open.toMs <= runGapMs) {
      open.clips.push(clip);
      open.toMs = Math.max(open.toMs, clip.toMs);
    } else
      runs.push({
        sourceId: clip.sourceId,
        day: localDay(new Date(clip.fromMs), timezone),
        fromMs: clip.fromMs,
        toMs: clip.toMs,
        clips: [clip],
      });
  }
  return runs.sort((a, b) => a.fromMs - b.fromMs);
}
