import { type BadScene, badScene, parseScene, type Scene, type SceneRule } from "../scene/index.ts";
import { findViolation, violations } from "./registry.ts";

/** Every place in a scene where a violation is named. */
function namedViolations({ rules, zones }: Scene): { code: string; path: PropertyKey[] }[] {
  const inRests = ({ unless = [], permits = [] }: Pick<SceneRule, "unless" | "permits">, path: PropertyKey[]) =>
    Object.entries({ unless, permits }).flatMap(([list, items]) =>
      items.flatMap((item, i) =>
        (item.violations ?? []).map((code, v) => ({ code, path: [...path, list, i, "violations", v] })),
      ),
    );
  return [
    ...rules.map(({ violation }, r) => ({ code: violation, path: ["rules", r, "violation"] })),
    ...rules.flatMap((rule, r) => inRests(rule, ["rules", r])),
    ...zones.flatMap((zone, z) => inRests(zone, ["zones", z])),
  ];
}

/** Reads a scene and makes sure its rules name violations that exist. */
export function readScene(value: unknown): { kind: "ok"; scene: Scene } | BadScene {
  const parsed = parseScene(value);
  if (parsed.kind === "bad") return parsed;
  const wrong = namedViolations(parsed.scene).find(({ code }) => findViolation(code) === undefined);
  if (wrong === undefined) return parsed;
  const known = violations.map((violation) => violation.code);
  return badScene(wrong.path, {
    zh: `“${wrong.code}”不是以下违法类型之一：${known.join("、")}`,
    en: `"${wrong.code}" is none of ${known.join(", ")}`,
  });
}
