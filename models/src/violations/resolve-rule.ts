import type { OccupancySettings, RoleOrLabel, RuleCalendar, Scene, SceneRule, Zone } from "../scene/index.ts";
import type { Violation } from "./define.ts";
import { findViolation } from "./registry.ts";

/** A rule with every default filled in, for one of its zones: the unit that is watched. */
export type WatchedPlace = {
  ruleIndex: number;
  /** `SIDEWALK_PARK@right-kerb`: the same for the same violation and zone in every version of a scene; a second such rule gets `#2`. */
  ruleKey: string;
  violation: Violation;
  zone: Zone;
  roles: readonly RoleOrLabel[];
  minContact: number;
  minCount: number;
  /** Metres beyond the zone's door line; undefined where the rule does not ask for any. */
  beyondM: number | undefined;
  settings: OccupancySettings;
  /** Hours of the rule, and what lets it rest here; undefined: always in force. */
  active: RuleCalendar | undefined;
};

/** Hours of a rule, and the rests and permits of the rule and of the place that speak of its violation. */
function calendarOf(rule: SceneRule, zone: Zone): RuleCalendar | undefined {
  const speaks = (item: { violations?: readonly string[] }): boolean =>
    item.violations === undefined || item.violations.includes(rule.violation);
  const windows = rule.active === undefined ? [] : [rule.active].flat();
  const unless = [...(rule.unless ?? []), ...(zone.unless ?? [])].filter(speaks);
  const permits = [...(rule.permits ?? []), ...(zone.permits ?? [])].filter(speaks);
  return windows.length + unless.length + permits.length === 0 ? undefined : { windows, unless, permits };
}

function resolve(
  rule: SceneRule,
  ruleIndex: number,
  violation: Violation,
  zone: Zone,
  lookEveryS: number,
): WatchedPlace {
  return {
    ruleIndex,
    ruleKey: `${violation.code}@${zone.id}`,
    violation,
    zone,
    roles: rule.roles ?? violation.roles,
    minContact: rule.minContact ?? violation.minContact,
    minCount: rule.minCount ?? violation.minCount ?? 1,
    beyondM: rule.beyondM,
    settings: {
      eachMustDwell: violation.eachMustDwell,
      lookEveryMs: lookEveryS * 1000,
      graceMs: (rule.graceS ?? violation.graceS) * 1000,
      dwellMs: (rule.dwellS ?? violation.dwellS) * 1000,
      minScore: rule.minScore ?? violation.minScore,
      ...(rule.minScoreFromStart === undefined ? {} : { minScoreFromStart: rule.minScoreFromStart }),
    },
    active: calendarOf(rule, zone),
  };
}

function resolveAll(scene: Scene): WatchedPlace[] {
  const places = scene.rules.flatMap((rule, index) => {
    const violation = findViolation(rule.violation);
    if (violation === undefined) return [];
    return rule.zones.flatMap((id) => {
      const zone = scene.zones.find((z) => z.id === id);
      return zone === undefined ? [] : [resolve(rule, index, violation, zone, scene.lookEveryS)];
    });
  });
  const seen = new Map<string, number>();
  return places.map((place) => {
    const count = (seen.get(place.ruleKey) ?? 0) + 1;
    seen.set(place.ruleKey, count);
    return count === 1 ? place : { ...place, ruleKey: `${place.ruleKey}#${count}` };
  });
}

const resolved = new WeakMap<Scene, WatchedPlace[]>();

/**
 * Every rule × zone of a scene, in the order of the file. Names that do not exist were refused when the scene was read.
 * The same scene object gives the same places, so it may be asked at every look; a scene is never changed once it was read.
 */
export function watchedPlaces(scene: Scene): readonly WatchedPlace[] {
  let places = resolved.get(scene);
  if (places === undefined) {
    places = resolveAll(scene);
    resolved.set(scene, places);
  }
  return places;
}
