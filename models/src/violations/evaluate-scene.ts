import {
  type Act,
  activeWindow,
  emptyOccupancy,
  type Look,
  type Occupancy,
  observe,
  readActs,
  readTimeline,
  roundLook,
  type Scene,
  type StateInterval,
  type TraceItem,
} from "../scene/index.ts";
import { judgeAct, toJudgeOf } from "./judge-act.ts";
import { pickCandidates } from "./pick-candidates.ts";
import { type WatchedPlace, watchedPlaces } from "./resolve-rule.ts";

/** A suspected violation, or something that came near one (`isFlag` false). */
export type Finding = Act & {
  /** Same place, rule and start give the same id, whoever computes it. */
  id: string;
  violation: string;
  zone: string;
  ruleKey: string;
  isFlag: boolean;
  trace: TraceItem[];
  toJudge: string[];
};

export type PlaceReport = {
  ruleKey: string;
  violation: string;
  zone: string;
  flags: Finding[];
  rejected: Finding[];
  timeline: StateInterval[];
};

/** What is remembered of one watched place from look to look: one occupancy per run of the rule's calendar. Plain data. */
export type PlaceState = { window: number | undefined; occupancy: Occupancy; finished: Occupancy[] };

export const emptyPlaceState = (): PlaceState => ({ window: undefined, occupancy: emptyOccupancy(), finished: [] });

/** Takes one look into account for one place. Outside the rule's hours nothing is watched, and what was open ends there. */
export function advancePlace(state: PlaceState, look: Look, scene: Scene, place: WatchedPlace): void {
  const window = activeWindow(look.capturedAtMs, place.active, scene.source.timezone);
  if (window !== state.window) {
    if (state.occupancy.lastPlannedMs !== null) state.finished.push(state.occupancy);
    state.occupancy = emptyOccupancy();
    state.window = window;
  }
  if (window === undefined) return;
  const isSeen = look.status === "seen";
  const candidates = isSeen ? pickCandidates(look.detections, scene, place) : [];
  observe(state.occupancy, { capturedAtMs: look.capturedAtMs, isSeen, candidates }, place.settings);
}

const isoCompact = (atMs: number): string => new Date(atMs).toISOString().replace(/[-:.]/g, "");

/** What a place shows so far: flags, near misses, and its timeline. */
export function reportPlace(state: PlaceState, scene: Scene, place: WatchedPlace): PlaceReport {
  const flags: Finding[] = [];
  const rejected: Finding[] = [];
  const timeline: StateInterval[] = [];
  const { violation, zone, ruleKey } = place;
  for (const occupancy of [...state.finished, state.occupancy]) {
    const { acts, dropped } = readActs(occupancy, place.settings);
    for (const act of [...acts, ...dropped]) {
      const trace = judgeAct(act, place, scene);
      const isFlag = acts.includes(act) && trace.every((item) => item.passed);
      (isFlag ? flags : rejected).push({
        ...act,
        // A window that is over can hold nothing open.
        isOpen: act.isOpen && occupancy === state.occupancy && state.window !== undefined,
        id: `${scene.source.id}.${ruleKey}.${isoCompact(act.fromMs)}`,
        violation: violation.code,
        zone: zone.id,
        ruleKey,
        isFlag,
        trace,
        toJudge: toJudgeOf(violation, trace),
      });
    }
    timeline.push(...readTimeline(occupancy, acts));
  }
  return { ruleKey, violation: violation.code, zone: zone.id, flags, rejected, timeline };
}

/** Applies every rule of a scene to looks of one source in any order. Pure: the same stored looks give the same flags bit for bit. */
export function evaluateScene(scene: Scene, looks: readonly Look[]): PlaceReport[] {
  const ordered = looks.map(roundLook).sort((a, b) => a.capturedAtMs - b.capturedAtMs);
  return watchedPlaces(scene).map((place) => {
    const state = emptyPlaceState();
    for (const look of ordered) advancePlace(state, look, scene, place);
    return reportPlace(state, scene, place);
  });
}
