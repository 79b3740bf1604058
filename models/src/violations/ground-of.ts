import { type FitResult, fitGround } from "../ground/index.ts";
import type { Scene } from "../scene/index.ts";

const grounds = new WeakMap<Scene, FitResult>();

/** The ground of a scene, fitted once; undefined without a calibration. */
export function groundOf(scene: Scene): FitResult | undefined {
  if (scene.calibration === undefined) return undefined;
  let ground = grounds.get(scene);
  if (ground === undefined) {
    ground = fitGround(scene.calibration.points);
    grounds.set(scene, ground);
  }
  return ground;
}
