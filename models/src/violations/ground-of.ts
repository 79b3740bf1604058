import { type FitResult, fitGround, type GroundFit } from "../ground/index.ts";
import type { Scene } from "../scene/index.ts";

const grounds = new WeakMap<Scene, FitResult>();

/** The ground of a scene, fitted once; undefined without a calibration. */
export function groundOf(scene: Scene): FitResult | undefined {
  const { calibration } = scene;
  if (calibration === undefined) return undefined;
  let ground = grounds.get(scene);
  if (ground === undefined) {
    ground = fitGround(calibration.points, calibration.pictureSize);
    grounds.set(scene, ground);
  }
  return ground;
}

/**
 * The ground of a scene whose camera may be asked where things of a known height stand. Metres on the ground do not depend on the picture's
 * proportions, the pose does: without a stated picture size there is none.
 */
export function poseOf(scene: Scene): GroundFit | undefined {
  if (scene.calibration?.pictureSize === undefined) return undefined;
  const ground = groundOf(scene);
  return ground?.kind === "ok" ? ground.fit : undefined;
}
