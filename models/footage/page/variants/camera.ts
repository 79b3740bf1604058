/** Hangs the camera where an installer would: all zones in the picture, near enough, the acts not hidden behind a tree. */
import type * as THREE from "three";
import { findThings } from "../boxes.ts";
import { type Area, aim, onPicture } from "../clips/set.ts";
import type { Random } from "../random.ts";
import type { Stage } from "../stage.ts";

/** A metre on the ground of every zone's middle takes at least this share of the picture's width (17 px of 512). */
const metreShareMin = 0.033;
/** Smallest side of a main thing, share of the picture's height (11 px of 288), and how much of it must be in view. */
const sideShareMin = 0.038;
const visibleMin = 0.6;

export type CameraPlan = {
  areas: readonly Area[];
  kerbZ: number;
  roadM: number;
  /** moments at which these things must be in view */
  moments: readonly { atS: number; mains: readonly THREE.Object3D[] }[];
  show: (timeS: number) => void;
  /** hidden while the view is tried: they come and go */
  passing: readonly THREE.Object3D[];
  /** taken away one after another where no place for the camera is found */
  obstacles: THREE.Object3D[];
};

function tryPlace(stage: Stage, random: Random, { areas, kerbZ, roadM }: CameraPlan): void {
  const middleX = (Math.min(...areas.map((a) => a.x[0])) + Math.max(...areas.map((a) => a.x[1]))) / 2;
  const target: [number, number, number] = [middleX + random.between(-1.5, 1.5), random.between(0, 1), 2.6];
  const high = random.between(3.2, 12);
  if (random.chance(0.7)) {
    const z = kerbZ + roadM + random.between(0.8, 6);
    aim(stage, [middleX + random.between(-10, 10), high, z], target, random.between(28, 60));
  } else {
    const side = random.pick([-1, 1]);
    aim(
      stage,
      [middleX + side * random.between(8, 16), high, kerbZ + random.between(-0.8, 5)],
      target,
      random.between(34, 75),
    );
  }
}

function showsZones(stage: Stage, areas: readonly Area[]): boolean {
  return areas.every((area) => {
    const corners = area.x.flatMap((x) => area.z.flatMap((z) => [onPicture(stage, x, z), onPicture(stage, x, z, 1.9)]));
    if (corners.some(([x, y]) => x < 0.02 || x > 0.98 || y < 0.02 || y > 0.98)) return false;
    const [x, z] = [(area.x[0] + area.x[1]) / 2, (area.z[0] + area.z[1]) / 2];
    const [ax, ay] = onPicture(stage, x - 0.5, z);
    const [bx, by] = onPicture(stage, x + 0.5, z);
    return Math.hypot(bx - ax, ((by - ay) * 9) / 16) >= metreShareMin;
  });
}

function showsActs(stage: Stage, { moments, show, passing }: CameraPlan): boolean {
  return moments.every(({ atS, mains }) => {
    show(atS);
    for (const thing of passing) thing.visible = false;
    const seen = findThings(stage, 320, 180, 1);
    return mains.every((main) => {
      const box = seen.find((b) => b.thing === main);
      return (
        box !== undefined &&
        box.visible >= visibleMin &&
        Math.min(((box.x2 - box.x1) * 16) / 9, box.y2 - box.y1) >= sideShareMin
      );
    });
  });
}

export type Hung = { cameraHeightM: number; fovDeg: number };

/** Leaves the stage's camera at the place found; undefined where no place shows all, as when one act hides another from everywhere. */
export function hangCamera(stage: Stage, random: Random, plan: CameraPlan): Hung | undefined {
  let looked = 0;
  for (let attempt = 0; attempt < 4000; attempt++) {
    tryPlace(stage, random, plan);
    if (!showsZones(stage, plan.areas)) continue;
    if (showsActs(stage, plan))
      return {
        cameraHeightM: Math.round(stage.camera.position.y * 10) / 10,
        fovDeg: Math.round(stage.camera.fov),
      };
    // after some views that a tree or parked car spoils, one of these goes
    if (++looked % 2 === 0) plan.obstacles.pop()?.removeFromParent();
    if (looked > 20) break;
  }
  return undefined;
}
