import type { Draft, DraftRule, DraftZone } from "./draft.ts";

/** What differs between two versions of a scene, one entry a thing, for a person to read. */
export type SceneChange =
  | { what: "zoneAdded" | "zoneRemoved" | "zoneMoved" | "zoneChanged"; name: string }
  | { what: "ruleAdded" | "ruleRemoved"; violation: string; zones: string }
  | { what: "ruleChanged"; violation: string; zones: string; fields: string }
  | { what: "cadence"; from: number; to: number }
  | { what: "ground" | "source" | "tiles" };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

function zoneChanges(before: readonly DraftZone[], after: readonly DraftZone[]): SceneChange[] {
  const nameOf = ({ id, place }: DraftZone): string => place ?? id;
  const removed = before.filter(({ id }) => !after.some((zone) => zone.id === id));
  return [
    ...after.flatMap((zone): SceneChange[] => {
      const old = before.find(({ id }) => id === zone.id);
      const name = nameOf(zone);
      if (old === undefined) return [{ what: "zoneAdded", name }];
      const { polygon, line, ...words } = zone;
      const { polygon: oldPolygon, line: oldLine, ...oldWords } = old;
      return [
        ...(same([polygon, line], [oldPolygon, oldLine]) ? [] : [{ what: "zoneMoved", name } as const]),
        ...(same(words, oldWords) ? [] : [{ what: "zoneChanged", name } as const]),
      ];
    }),
    ...removed.map((zone): SceneChange => ({ what: "zoneRemoved", name: nameOf(zone) })),
  ];
}

const zonesOf = (rule: DraftRule): string => rule.zones.join(", ");

/** Rules have no names: those that are the same are paired first, then those of the same violation in their order. */
function ruleChanges(before: readonly DraftRule[], after: readonly DraftRule[]): SceneChange[] {
  const oldLeft = [...before];
  const take = (match: (old: DraftRule) => boolean): DraftRule | undefined => {
    const at = oldLeft.findIndex(match);
    return at < 0 ? undefined : oldLeft.splice(at, 1)[0];
  };
  const unpaired = after.filter((rule) => take((old) => same(old, rule)) === undefined);
  const changes = unpaired.map((rule): SceneChange => {
    const { violation } = rule;
    const old = take((other) => other.violation === violation);
    if (old === undefined) return { what: "ruleAdded", violation, zones: zonesOf(rule) };
    const keys = [...new Set([...Object.keys(old), ...Object.keys(rule)])] as (keyof DraftRule)[];
    const fields = keys.filter((key) => !same(old[key], rule[key])).join(", ");
    return { what: "ruleChanged", violation, zones: zonesOf(rule), fields };
  });
  const removed = oldLeft.map((rule): SceneChange => {
    return { what: "ruleRemoved", violation: rule.violation, zones: zonesOf(rule) };
  });
  return [...changes, ...removed];
}

/** Everything that differs; an empty list says that the two are the same scene. */
export function sceneChanges(before: Draft, after: Draft): SceneChange[] {
  const [from, to] = [before.lookEveryS ?? 2, after.lookEveryS ?? 2];
  return [
    ...zoneChanges(before.zones, after.zones),
    ...ruleChanges(before.rules, after.rules),
    ...(from === to ? [] : [{ what: "cadence", from, to } as const]),
    ...(same(before.calibration, after.calibration) ? [] : [{ what: "ground" } as const]),
    ...(same(before.tiles, after.tiles) ? [] : [{ what: "tiles" } as const]),
    ...(same(before.source, after.source) ? [] : [{ what: "source" } as const]),
  ];
}
