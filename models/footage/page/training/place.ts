/** Keeps things apart on the ground: discs that may not overlap. */
import type * as THREE from "three";

export type Ground = {
  /** true and remembered when a disc of this radius is free here */
  claim: (x: number, z: number, radiusM: number) => boolean;
};

export function createGroundPlan(): Ground {
  const taken: { x: number; z: number; r: number }[] = [];
  return {
    claim: (x, z, r) => {
      if (taken.some((t) => Math.hypot(t.x - x, t.z - z) < t.r + r)) return false;
      taken.push({ x, z, r });
      return true;
    },
  };
}

export function put(
  parent: THREE.Object3D,
  thing: THREE.Object3D,
  x: number,
  z: number,
  turnRad = 0,
  y = 0,
): THREE.Object3D {
  thing.position.set(x, thing.position.y + y, z);
  thing.rotation.y = turnRad;
  parent.add(thing);
  return thing;
}
