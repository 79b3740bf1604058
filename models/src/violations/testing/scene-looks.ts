import type { BoxNorm, Detection, Look, Role, Scene, SceneInput } from "../../scene/index.ts";
import { readScene } from "../check-scene.ts";
import { evaluateScene, type Finding } from "../evaluate-scene.ts";

export const startMs = Date.parse("2026-05-01T08:00:00+08:00");
export const ground: [number, number][] = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
];

export function sceneOf(rule: Partial<SceneInput["rules"][number]>, more: Partial<SceneInput> = {}): Scene {
  const read = readScene({
    source: { id: "cam", timezone: "Asia/Shanghai" },
    lookEveryS: 2,
    zones: [{ id: "z", kind: "public_ground", polygon: ground }],
    rules: [{ violation: "CROSS_DOOR", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35, ...rule }],
    ...more,
  });
  if (read.kind === "bad") throw new Error(read.text.en);
  return read.scene;
}

export const thing = (role: Role, boxNorm: BoxNorm, score = 0.7): Detection => ({ label: role, role, score, boxNorm });
export const crate = thing("goods", [0.4, 0.5, 0.1, 0.1]);

/** Looks every `everyS` over `lengthS`; `at` says what is there, or that the look is lost (null) or not planned (undefined). */
export function looksOf(
  lengthS: number,
  everyS: number,
  at: (s: number) => readonly Detection[] | null | undefined,
  fromMs = startMs,
): Look[] {
  const looks: Look[] = [];
  for (let i = 0; i * everyS <= lengthS; i++) {
    const offsetMs = Math.round(i * everyS * 1000);
    const there = at(i * everyS);
    if (there === undefined) continue;
    const time = { capturedAtMs: fromMs + offsetMs, offsetMs };
    looks.push(
      there === null
        ? { ...time, status: "missing", reason: "decode_failed" }
        : { ...time, status: "seen", detections: there },
    );
  }
  return looks;
}

export const flagsOf = (scene: Scene, looks: readonly Look[]): Finding[] =>
  evaluateScene(scene, looks).flatMap((p) => p.flags);
export const span = (f: Finding | undefined): [number, number] => [
  ((f?.fromMs ?? 0) - startMs) / 1000,
  ((f?.toMs ?? 0) - startMs) / 1000,
];

/** Random numbers 0..1 that a seed repeats. */
export function noise(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
