import type { LookView } from "@mingcha/models/scene";
import { checkView, measureVisibility, type ViewReference, viewSize } from "@mingcha/models/view";

/**
 * What of the view is checked, so often: whether it still is the one the zones were drawn on (null lets the first clear look become the
 * reference), or, where the source moves, only whether anything can be seen.
 */
export type ViewTask = { everyMs: number } & ({ reference: ViewReference | null } | { moves: true });

/** Checks one of so many looks of a clip, which are `everyMs` apart; the first of each clip always, so a photo each time. */
export function createViewChecks(task: ViewTask | undefined, everyMs: number) {
  const checkEvery = task === undefined ? 0 : Math.max(1, Math.round(task.everyMs / everyMs));
  const views: (LookView | undefined)[] = [];
  let reference = task === undefined || "moves" in task ? null : task.reference;
  let freshAt: number | undefined;
  return {
    isDue: (index: number): boolean => checkEvery > 0 && index % checkEvery === 0,
    /** @param thumbnail Grey, of `viewSize` */
    check(thumbnail: Uint8Array, index: number): void {
      if (task !== undefined && "moves" in task) {
        views[index] = seenFromMoving(thumbnail);
        return;
      }
      const checked = checkView(thumbnail, reference);
      if (reference === null && checked.reference !== null) freshAt = index;
      reference = checked.reference;
      views[index] = checked.view;
    },
    viewOf: (index: number): { view?: LookView } => {
      const view = views[index];
      return view === undefined ? {} : { view };
    },
    /** The look that became the reference of its scene, if one did. */
    freshReference(frameTimesMs: readonly number[]): { viewReference?: ViewReference & { offsetMs: number } } {
      const offsetMs = freshAt === undefined ? undefined : frameTimesMs[freshAt];
      return reference === null || offsetMs === undefined ? {} : { viewReference: { ...reference, offsetMs } };
    },
  };
}

/** A view that changes by its purpose is never another one: what can be seen of it counts as seen, and ends a stretch in which nothing could. */
function seenFromMoving(thumbnail: Uint8Array): LookView {
  const { verdict } = measureVisibility(thumbnail, viewSize.width, viewSize.height);
  return { verdict: verdict === "blind" ? "unsure" : "same", visibility: verdict };
}
