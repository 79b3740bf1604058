import {
  type Act,
  compareLooks,
  type Look,
  readTimeline,
  roundLook,
  type Scene,
  type StateInterval,
  sessionGapMsOf,
  splitSessions,
  type TraceItem,
} from "../scene/index.ts";
import { advanceScene, emptySceneState, type PlaceState, type SceneState } from "./evaluate-scene-state.ts";
import { clockOf, readWatch, type Watch } from "./evaluate-scene-watch.ts";
import { judgeAct, toJudgeOf } from "./judge-act.ts";
import { type WatchedPlace, watchedPlaces } from "./resolve-rule.ts";

/** A suspected violation, or something that came near one (`isFlag` false). */
export type Finding = Act & {
  /** Same place, rule and start give the same id, whoever computes it; of several that began at one instant the later ones get `.2`, `.3` … */
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

const isoCompact = (atMs: number): string => new Date(atMs).toISOString().replace(/[-:.]/g, "");

const numbered = (id: string, number: number): string => (number === 1 ? id : `${id}.${number}`);

/** Gives an id that is not used yet; an act keeps the number it was given when it began. */
function takeId(used: Set<string>, id: string, number: number): string {
  let free = number;
  while (used.has(numbered(id, free))) free++;
  used.add(numbered(id, free));
  return numbered(id, free);
}

function reportPlace(state: PlaceState, lost: SceneState["lost"], scene: Scene, place: WatchedPlace): PlaceReport {
  const flags: Finding[] = [];
  const rejected: Finding[] = [];
  const timeline: StateInterval[] = [];
  const { violation, zone, ruleKey } = place;
  const used = new Set<string>();
  const tell = (act: Act, watch: Watch, isAct: boolean): void => {
    const trace = judgeAct(act, place, scene, lost);
    const isFlag = isAct && trace.every((item) => item.passed);
    const id = `${scene.source.id}.${ruleKey}.${isoCompact(act.fromMs)}`;
    (isFlag ? flags : rejected).push({
      ...act,
      // A window that is over can hold nothing open.
      isOpen: act.isOpen && watch === state.watch && state.window !== null,
      id: takeId(used, id, act.number ?? 1),
      violation: violation.code,
      zone: zone.id,
      ruleKey,
      isFlag,
      trace,
      toJudge: toJudgeOf(violation, trace).filter((attribute) => !act.judged?.includes(attribute)),
    });
  };
  const read = [...state.finished, state.watch].map((watch) => ({ watch, ...readWatch(watch, state.settings) }));
  for (const { watch, acts } of read) {
    for (const act of acts) tell(act, watch, true);
    timeline.push(...readTimeline(clockOf(watch), acts));
  }
  for (const { watch, dropped } of read) for (const act of dropped) tell(act, watch, false);
  return { ruleKey, violation: violation.code, zone: zone.id, flags, rejected, timeline };
}

/** What every place of a scene shows so far: flags, near misses, and its timeline. */
export function reportScene(state: SceneState, scene: Scene, places: readonly WatchedPlace[]): PlaceReport[] {
  return places.map((place) => {
    const { ruleKey, violation, zone } = place;
    const known = state.places[ruleKey];
    return known === undefined
      ? { ruleKey, violation: violation.code, zone: zone.id, flags: [], rejected: [], timeline: [] }
      : reportPlace(known, state.lost, scene, place);
  });
}

/** Reports of one place in sessions that follow one another, as one. Nothing goes on beyond the end of its session. */
function joinSessions(reports: readonly PlaceReport[]): PlaceReport | undefined {
  const last = reports.at(-1);
  const over = (findings: readonly Finding[]): Finding[] => findings.map((finding) => ({ ...finding, isOpen: false }));
  return last === undefined || reports.length === 1
    ? last
    : {
        ...last,
        flags: [...reports.slice(0, -1).flatMap(({ flags }) => over(flags)), ...last.flags],
        rejected: [...reports.slice(0, -1).flatMap(({ rejected }) => over(rejected)), ...last.rejected],
        timeline: reports.flatMap(({ timeline }) => timeline),
      };
}

/**
 * Applies every rule of a scene, or only some of its places, to looks of one source in any order, session by session. Pure: the same stored
 * looks give the same flags bit for bit, here and where clip after clip is evaluated from a kept state.
 */
export function evaluateScene(
  scene: Scene,
  looks: readonly Look[],
  places: readonly WatchedPlace[] = watchedPlaces(scene),
): PlaceReport[] {
  const sessions = splitSessions(looks.map(roundLook).sort(compareLooks), sessionGapMsOf(scene));
  const reports = (sessions.length === 0 ? [[]] : sessions).map((session) => {
    const state = emptySceneState();
    for (const look of session) advanceScene(state, look, scene, places);
    return reportScene(state, scene, places);
  });
  return places.flatMap((_, index) => joinSessions(reports.flatMap((report) => report[index] ?? [])) ?? []);
}
