import { advanceTracker, emptyTracker } from "../advance-tracker.ts";
import { type TrackerSettings, trackerSettings } from "../settings.ts";
import { clearMot } from "./clear-mot.ts";
import type { TrackFrame } from "./frames.ts";
import { hotaOf } from "./hota.ts";
import { identityScore } from "./identity-score.ts";
import type { StreetLook } from "./synthetic-street.ts";

/** Plain SORT: overlap with the predicted box decides alone, sure boxes only, no recovery, no re-update. */
export const plainSort = (settings: TrackerSettings): TrackerSettings => ({
  ...settings,
  momentumWeight: 0,
  isTwoStage: false,
  isReUpdated: false,
  isRecovered: false,
});

/** What a tracker makes of looks: tracks that were confirmed at some time, from their first sighting, as the rules use them. */
export function trackLooks(looks: readonly StreetLook[], settings: TrackerSettings): TrackFrame[] {
  const state = emptyTracker();
  const seen = looks.map((look) => advanceTracker(state, look, settings));
  const confirmed = new Set(seen.flatMap((all) => all.filter((s) => s.isConfirmed).map((s) => s.trackId)));
  return looks.map(({ truth }, i) => ({
    truth,
    tracked: (seen[i] ?? [])
      .filter((s) => confirmed.has(s.trackId))
      .map(({ trackId, boxNorm }) => ({ id: trackId, boxNorm })),
  }));
}

export type TrackerFigures = { mota: number; idf1: number; hota: number; association: number; switches: number };

/** Figures over several streets: means, and the sum of identity switches. */
export function figuresOf(
  streets: readonly (readonly StreetLook[])[],
  everyS: number,
  change: (settings: TrackerSettings) => TrackerSettings = (settings) => settings,
): TrackerFigures {
  const each = streets.map((looks) => {
    const frames = trackLooks(looks, change(trackerSettings(everyS * 1000, 0.35)));
    const clear = clearMot(frames);
    const hota = hotaOf(frames);
    return { ...clear, idf1: identityScore(frames), hota: hota.hota, association: hota.association };
  });
  const mean = (key: "mota" | "idf1" | "hota" | "association"): number =>
    each.reduce((sum, one) => sum + one[key], 0) / each.length;
  return {
    mota: mean("mota"),
    idf1: mean("idf1"),
    hota: mean("hota"),
    association: mean("association"),
    switches: each.reduce((sum, one) => sum + one.switches, 0),
  };
}
