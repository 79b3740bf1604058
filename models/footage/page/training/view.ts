/** Random lens for a training picture: pole cameras along and across the street, and oblique drone views. */
import * as THREE from "three";
import type { Random } from "../random.ts";
import type { Stage } from "../stage.ts";
import type { StreetFacts } from "./street-scene.ts";

export function aimRandomly(
  stage: Stage,
  random: Random,
  { pavementM, roadM, site }: StreetFacts,
): { centre: THREE.Vector3; reachM: number } {
  const camera = stage.camera;
  const pick = random.unit();
  const far = pavementM + roadM;
  let centre: THREE.Vector3;
  let reachM = 26;
  if (pick < 0.25) {
    // drone
    const height = random.between(16, 42);
    const pitch = random.between(0.7, 1.4);
    const yaw = random.between(-Math.PI, Math.PI);
    centre = new THREE.Vector3(random.between(-8, 8), 0, random.between(1, far * 0.7));
    const flat = height / Math.tan(pitch);
    camera.position.set(
      centre.x + Math.sin(yaw) * flat,
      height,
      Math.min(far + 5, Math.max(centre.z + Math.cos(yaw) * flat, 0)),
    );
    camera.fov = random.between(30, 47);
    reachM = 34;
  } else if (pick < 0.65) {
    // pole across the street, looking at the shops (or the gate)
    centre = new THREE.Vector3(random.between(-7, 7), random.between(0, 1.2), random.between(1, pavementM));
    camera.position.set(
      centre.x + random.between(-10, 10),
      random.between(3, 12),
      Math.min(far + 2, pavementM + random.between(2, 12)),
    );
    camera.fov = site ? random.between(36, 66) : random.between(28, 62);
  } else {
    // pole on the kerb, looking along the pavement
    const side = random.pick([-1, 1]);
    centre = new THREE.Vector3(random.between(-3, 3), random.between(0, 1), random.between(0.5, pavementM + 2));
    camera.position.set(
      centre.x + side * random.between(8, 16),
      random.between(3, 11),
      random.between(pavementM - 1.5, pavementM + 4),
    );
    // a wide lens is hung where it sees near things too
    camera.fov = random.chance(0.25) ? random.between(55, 75) : random.between(28, 55);
  }
  camera.near = 0.5;
  camera.lookAt(centre);
  camera.rotateZ(random.between(-0.03, 0.03));
  camera.updateProjectionMatrix();
  return { centre, reachM };
}
