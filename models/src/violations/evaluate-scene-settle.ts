import type { PlaceState, SceneState } from "./evaluate-scene-state.ts";
import { clockOf, settleWatch } from "./evaluate-scene-watch.ts";

const endsBefore = (watch: PlaceState["watch"], beforeMs: number): boolean =>
  (clockOf(watch).lastPlannedMs ?? 0) < beforeMs;

/**
 * Drops from a state what ended before an instant and what nothing can extend any more, so that it does not grow on a camera that runs for
 * months. Reports of anything later stay the same; what was dropped must have been kept elsewhere. Changes `state`.
 */
export function settleScene(state: SceneState, beforeMs: number): void {
  let keptFromMs = beforeMs;
  for (const place of Object.values(state.places)) {
    place.finished = place.finished.filter((watch) => !endsBefore(watch, beforeMs));
    for (const watch of [...place.finished, place.watch])
      keptFromMs = Math.min(keptFromMs, settleWatch(watch, beforeMs, place.settings));
  }
  state.lost = state.lost.filter((span) => span.toMs >= keptFromMs || span.toMs === state.lastPlannedMs);
}
