import type { PassageLook, PassageSettings } from "../passages/index.ts";
import { activeWindow, type Look, type MissingLook, type MissingReason, type Scene } from "../scene/index.ts";
import { advanceTracker, emptyTracker, type TrackerState } from "../tracking/index.ts";
import { advanceView, emptyViewState, type ViewState } from "../view/index.ts";
import { isFollowing, lookAt, passageSettings, trackerOf } from "./evaluate-scene-look.ts";
import { advanceWatch, clockOf, emptyWatch, type Watch } from "./evaluate-scene-watch.ts";
import type { LostSpan } from "./filters/define.ts";
import { maskPrivacy } from "./pick-candidates.ts";
import type { WatchedPlace } from "./resolve-rule.ts";

/** One watched place: what goes on in the run of the calendar that is on, and what is left of earlier runs. */
export type PlaceState = {
  /** Run of the rule's calendar, null while the rule rests. */
  window: number | null;
  watch: Watch;
  finished: Watch[];
  /** How it was watched, so that old acts can be settled without the scene. */
  settings: PassageSettings;
};

/** Rules of a source rest because its picture cannot be used, since an instant. */
export type Suspension = { reason: MissingReason; sinceMs: number };

/**
 * All that is remembered of a source between looks. Plain data: through JSON between any two looks it gives the same reports bit for bit.
 * Belongs to one version of a scene; another begins with an empty one.
 */
export type SceneState = {
  /** First look taken into account: of what was there already it cannot tell since when. Settling does not move it. */
  firstPlannedMs: number | null;
  lastPlannedMs: number | null;
  /** What the last checked looks said of the view. */
  view: ViewState;
  /** Last look that surely showed the view the zones were drawn on. */
  lastSameMs: number | null;
  suspension: Suspension | null;
  /**
   * Stretches in which the camera ran but could not see, each to the next look. One that was turned or covered begins where it last surely showed the
   * right view: when it was turned since, nobody can say.
   */
  lost: LostSpan[];
  tracker: TrackerState | null;
  /** By `ruleKey`. */
  places: { [ruleKey: string]: PlaceState };
};

export const emptySceneState = (): SceneState => ({
  firstPlannedMs: null,
  lastPlannedMs: null,
  view: emptyViewState(),
  lastSameMs: null,
  suspension: null,
  lost: [],
  tracker: null,
  places: {},
});

/**
 * What a state begins with where another version of the scene takes over from it and the zones are the same drawing: what is known of the view, a
 * standing suspension with it, goes on; all else begins anew.
 */
export const carryView = ({ lastPlannedMs, view, lastSameMs, suspension, lost }: SceneState): SceneState => ({
  ...emptySceneState(),
  lastPlannedMs,
  view,
  lastSameMs,
  suspension,
  lost: lost.filter(({ toMs }) => toMs === lastPlannedMs).map((span) => ({ ...span })),
});

/** Why and since when the rules of a source rest, or null while they do not. */
export const suspensionOf = (state: SceneState): Suspension | null => state.suspension;

/** Reasons to miss a look that lie in the view, not in a picture that was lost on the way. */
const viewReasons: readonly MissingReason[] = ["view_moved", "view_blocked", "low_visibility"];

/** A look whose view is not the one the zones were drawn on, or shows too little, says nothing of any zone: as if it were missing. */
function throughView(state: SceneState, look: Look): Look {
  if (look.status === "missing") return look;
  if (look.view !== undefined)
    state.view = advanceView(state.view, { verdict: look.view.verdict }, { verdict: look.view.visibility }).state;
  const { reason } = state.view;
  if (reason === null && look.view?.verdict === "same") state.lastSameMs = look.capturedAtMs;
  if (reason === null) return look;
  const { detections: _d, view: _v, ...time } = look;
  return { ...time, status: "missing", reason };
}

function noteView(state: SceneState, look: Look): void {
  const beforeMs = state.lastPlannedMs;
  const atMs = look.capturedAtMs;
  const last = state.lost.at(-1);
  // A stretch lasts until something else is known.
  if (last !== undefined && last.toMs === beforeMs && state.suspension?.reason === last.reason) last.toMs = atMs;
  if (look.status === "seen") {
    state.suspension = null;
    return;
  }
  const { reason } = look;
  if (!viewReasons.includes(reason) || state.suspension?.reason === reason) return;
  state.suspension = { reason, sinceMs: atMs };
  const isOtherView = reason === "view_moved" || reason === "view_blocked";
  const fromMs = (isOtherView ? state.lastSameMs : null) ?? beforeMs ?? atMs;
  // It took over from another reason: that one lasted until now.
  state.lost.push({ fromMs: last?.toMs === atMs ? atMs : fromMs, toMs: atMs, reason });
}

function placeState(state: SceneState, place: WatchedPlace): PlaceState {
  const known = state.places[place.ruleKey];
  if (known !== undefined) return known;
  const fresh: PlaceState = {
    window: null,
    watch: emptyWatch(place.violation.motion),
    finished: [],
    settings: passageSettings(place),
  };
  state.places[place.ruleKey] = fresh;
  return fresh;
}

/** Brings a place to the run of the calendar that a look belongs to. What was open in another run ends there. True while the rule is on. */
function openWindow(state: PlaceState, look: Look, scene: Scene, place: WatchedPlace): boolean {
  const window = activeWindow(look.capturedAtMs, place.active, scene.source.timezone) ?? null;
  if (window !== state.window) {
    if (clockOf(state.watch).lastPlannedMs !== null) state.finished.push(state.watch);
    state.watch = emptyWatch(place.violation.motion);
    state.window = window;
  }
  return window !== null;
}

/** Reasons to miss a look for which a picture was there and was lost on the way. */
const lostOnTheWay: readonly MissingReason[] = ["decode_failed", "model_failed"];

const missing = (look: MissingLook): PassageLook => ({
  capturedAtMs: look.capturedAtMs,
  isSeen: false,
  isDown: !lostOnTheWay.includes(look.reason),
  inZone: [],
  all: [],
  things: [],
});

/**
 * Takes one look into account for every place of a scene. Looks come in time order, rounded as they are kept (`roundLook`); one that is not
 * later than the last is left out, so that a clip may be given again. Changes `state`.
 */
export function advanceScene(state: SceneState, taken: Look, scene: Scene, places: readonly WatchedPlace[]): void {
  if (state.lastPlannedMs !== null && taken.capturedAtMs <= state.lastPlannedMs) return;
  const look = throughView(state, taken);
  noteView(state, look);
  state.firstPlannedMs ??= look.capturedAtMs;
  state.lastPlannedMs = look.capturedAtMs;
  const active = places.filter((place) => openWindow(placeState(state, place), look, scene, place));
  if (look.status === "missing") {
    for (const place of active)
      advanceWatch(placeState(state, place).watch, missing(look), placeState(state, place).settings);
    return;
  }
  const detections = maskPrivacy(look.detections, scene);
  let sightings: ReturnType<typeof advanceTracker> = [];
  if (active.some(isFollowing)) {
    state.tracker ??= emptyTracker();
    sightings = advanceTracker(
      state.tracker,
      { capturedAtMs: look.capturedAtMs, detections },
      trackerOf(scene, places),
    );
  }
  for (const place of active) {
    const { watch, settings } = placeState(state, place);
    advanceWatch(watch, lookAt(look, detections, sightings, scene, place), settings);
  }
}
