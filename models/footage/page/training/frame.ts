import * as THREE from "three";
import { findBoxes, type LabelledBox } from "../boxes.ts";
import type { LensFaults } from "../lens.ts";
import { createRandom } from "../random.ts";
import type { Stage } from "../stage.ts";
import type { Palette } from "../street/palette.ts";
import { applyWeather, randomWeather } from "../weather.ts";
import { fillStreet } from "./street-scene.ts";
import { aimRandomly } from "./view.ts";

/** Takes away whatever stands so near that it would fill the picture: cameras are not hung inside trees. */
function keepLensFree(stage: Stage): void {
  stage.scene.updateMatrixWorld(true);
  const tooNear: THREE.Object3D[] = [];
  stage.scene.traverse((o) => {
    if (!(o instanceof THREE.Mesh)) return;
    o.geometry.computeBoundingSphere();
    const sphere = o.geometry.boundingSphere?.clone().applyMatrix4(o.matrixWorld);
    if (sphere && sphere.radius < 6 && stage.camera.position.distanceTo(sphere.center) < sphere.radius + 2.2)
      tooNear.push(o);
  });
  for (const o of tooNear) (o.parent?.userData.label ? o.parent : o).removeFromParent();
}

/** Draws the training picture of this seed on the stage; gives its boxes and what the lens is to add. */
export function renderTrainingFrame(
  stage: Stage,
  palette: Palette,
  seed: number,
  widthPx: number,
  heightPx: number,
): { boxes: LabelledBox[]; faults: LensFaults } {
  const random = createRandom(seed);
  stage.clear();
  const weather = randomWeather(random);
  const facts = fillStreet(stage.scene, random, palette, weather);
  const { centre, reachM } = aimRandomly(stage, random, facts);
  keepLensFree(stage);
  applyWeather(stage, stage.scene, random, weather, { kerbZ: facts.pavementM, centre, reachM });
  const boxes = findBoxes(stage, widthPx, heightPx);
  stage.render();
  return { boxes, faults: weather.lens };
}
