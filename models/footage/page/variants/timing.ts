/** When something stands where it may not, read from the timetable that moves it. */
import * as THREE from "three";
import type { Mover } from "../clips/motion.ts";
import type { Area } from "../clips/set.ts";

const inside = (x: number, z: number, area: Area): boolean =>
  x >= area.x[0] && x <= area.x[1] && z >= area.z[0] && z <= area.z[1];

/** Length and width of a thing on the ground when it looks along +x. */
function footprintOf(thing: THREE.Object3D): { longM: number; wideM: number; middleX: number } {
  const turn = thing.rotation.y;
  const at = thing.position.clone();
  thing.rotation.y = 0;
  thing.position.set(0, 0, 0);
  thing.updateMatrixWorld(true);
  const box = new THREE.Box3().setFromObject(thing);
  thing.rotation.y = turn;
  thing.position.copy(at);
  return { longM: box.max.x - box.min.x, wideM: box.max.z - box.min.z, middleX: (box.max.x + box.min.x) / 2 };
}

/**
 * First and last second (to a tenth) at which at least `share` of a vehicle's footprint lies in the area: the rules count a long
 * vehicle as there while a part of it is (`minContact`).
 */
export function timeOnGround(
  { thing, show }: Mover,
  body: THREE.Object3D,
  area: Area,
  share: number,
  durationS: number,
): { fromS: number; toS: number } {
  const { longM, wideM, middleX } = footprintOf(body);
  let fromS = Number.POSITIVE_INFINITY;
  let toS = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= durationS * 10; i++) {
    show(i / 10);
    if (!thing.visible) continue;
    const [cos, sin] = [Math.cos(thing.rotation.y), Math.sin(thing.rotation.y)];
    let hits = 0;
    for (let a = 0; a < 12; a++)
      for (let b = 0; b < 4; b++) {
        const [along, across] = [((a + 0.5) / 12 - 0.5) * longM + middleX, ((b + 0.5) / 4 - 0.5) * wideM];
        if (inside(thing.position.x + cos * along + sin * across, thing.position.z - sin * along + cos * across, area))
          hits++;
      }
    if (hits < share * 48) continue;
    fromS = Math.min(fromS, i / 10);
    toS = Math.max(toS, i / 10);
  }
  return { fromS, toS };
}
