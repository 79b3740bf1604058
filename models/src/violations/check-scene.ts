import { type BadScene, badScene, parseScene, type Scene } from "../scene/index.ts";
import { findViolation, violations } from "./registry.ts";

/** Reads a scene and makes sure its rules name violations that exist. */
export function readScene(value: unknown): { kind: "ok"; scene: Scene } | BadScene {
  const parsed = parseScene(value);
  if (parsed.kind === "bad") return parsed;
  for (const [index, { violation }] of parsed.scene.rules.entries())
    if (findViolation(violation) === undefined) {
      const known = violations.map((v) => v.code).join(", ");
      return badScene({ path: ["rules", index, "violation"], message: `"${violation}" is none of ${known}` });
    }
  return parsed;
}
