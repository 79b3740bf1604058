/** Shared by the demo clips: lens, zones drawn on the ground and projected, the light of the day. */
import * as THREE from "three";
import { createPerson } from "../objects/person.ts";
import type { Random } from "../random.ts";
import type { Stage } from "../stage.ts";
import type { Point, SceneFile } from "./clip.ts";
import { type Mover, move } from "./motion.ts";

export type Area = { x: readonly [number, number]; z: readonly [number, number] };

const round = (v: number): number => Math.round(v * 10_000) / 10_000;

export function aim(
  stage: Stage,
  from: readonly [number, number, number],
  at: readonly [number, number, number],
  fovDeg: number,
): void {
  stage.camera.position.set(...from);
  stage.camera.fov = fovDeg;
  stage.camera.lookAt(...at);
  stage.camera.updateProjectionMatrix();
  stage.camera.updateMatrixWorld(true);
}

/** Ground point in metres → picture 0..1. */
export function onPicture(stage: Stage, x: number, z: number, y = 0): Point {
  const v = new THREE.Vector3(x, y, z).project(stage.camera);
  return [round((v.x + 1) / 2), round((1 - v.y) / 2)];
}

export function polygonOf(stage: Stage, { x, z }: Area): Point[] {
  const corners: Point[] = [
    [x[0], z[0]],
    [x[1], z[0]],
    [x[1], z[1]],
    [x[0], z[1]],
  ];
  return corners.map(([cx, cz]) => onPicture(stage, cx, cz).map((v) => Math.min(1, Math.max(0, v))) as Point);
}

/** Six measured ground points; metres east of the first point, and metres away from the houses. */
export function calibrationOf(stage: Stage, area: Area): NonNullable<SceneFile["calibration"]> {
  const xs = [area.x[0], (area.x[0] + area.x[1]) / 2, area.x[1]];
  const { width, height } = stage.renderer.domElement;
  return {
    pictureSize: { widthPx: width, heightPx: height },
    points: xs.flatMap((x) =>
      area.z.map((z) => ({ px: onPicture(stage, x, z), m: [round(x - area.x[0]), round(z - area.z[0])] as Point })),
    ),
  };
}

export const allDay = { days: "1-7", from: "07:00", to: "22:00" } as const;

/** Sun that moves on and clouds that pass: the same place never looks the same for a minute. */
export function daylight(
  stage: Stage,
  timeS: number,
  day: {
    azimuthRad: number;
    heightRad: number;
    exposure: number;
    cloudPeriodS: number;
    centre: THREE.Vector3;
    reachM: number;
    warmth: number;
  },
): void {
  const cloud = 0.5 + 0.5 * Math.sin((timeS / day.cloudPeriodS) * Math.PI * 2 + 1.2);
  stage.setSky(
    {
      sunAzimuthRad: day.azimuthRad + timeS * 0.0004,
      sunHeightRad: day.heightRad,
      clear: 0.45 + 0.5 * cloud ** 0.7,
      exposure: day.exposure * (0.92 + 0.08 * cloud),
      warmth: day.warmth,
    },
    day.centre,
    day.reachM,
  );
}

/** People who walk along the pavement, one after another, at their own pace and line. */
export function passersBy(
  random: Random,
  plan: { count: number; untilS: number; fromX: number; toX: number; z: readonly [number, number] },
): Mover[] {
  return Array.from({ length: plan.count }, (_, i) => {
    const speed = random.between(1.0, 1.6);
    const [a, b] = random.chance(0.5) ? [plan.fromX, plan.toX] : [plan.toX, plan.fromX];
    const t = (i / plan.count) * plan.untilS + random.between(-6, 4);
    const z = random.between(plan.z[0], plan.z[1]);
    return move(createPerson(random), [
      { t, x: a, z },
      { t: t + Math.abs(b - a) / speed, x: b, z: z + random.between(-0.4, 0.4) },
    ]);
  });
}
