import * as THREE from "three";
import type { Random } from "../../random.ts";
import { custom, type Part } from "../../solid.ts";

/** An uneven sheet over a rectangle, smooth as cloth: `heightAt(u, v)` in metres above `at`, u along x, v across, both 0..1. */
export function sheet(
  longM: number,
  wideM: number,
  heightAt: (u: number, v: number) => number,
  color: THREE.ColorRepresentation,
  at: readonly [number, number, number],
  cells: readonly [number, number] = [26, 14],
): Part {
  const geometry = new THREE.PlaneGeometry(longM, wideM, ...cells);
  geometry.rotateX(-Math.PI / 2);
  const p = geometry.getAttribute("position");
  for (let i = 0; i < p.count; i++) p.setY(i, heightAt(p.getX(i) / longM + 0.5, p.getZ(i) / wideM + 0.5));
  geometry.computeVertexNormals();
  const loose = geometry.toNonIndexed();
  loose.translate(...at);
  return custom(loose, color);
}

/** The same of loose stuff: facets of their own shade, as soil and stones have. `grain` 0..1 says how unlike they are. */
export function grainy(part: Part, random: Random, grain: number): Part {
  part.computeVertexNormals();
  const colors = part.getAttribute("color");
  for (let i = 0; i < colors.count; i += 3) {
    const shade = 1 + random.between(-grain, grain);
    for (let k = i; k < i + 3; k++)
      colors.setXYZ(k, colors.getX(k) * shade, colors.getY(k) * shade, colors.getZ(k) * shade);
  }
  return part;
}

/** The same of cloth: lighter on its folds and darker between them, as sheen and dirt make it. `foldAt` as `heightAt`, about ±1. */
export function streaked(
  part: Part,
  foldAt: (u: number, v: number) => number,
  contrast: number,
  [longM, wideM]: readonly [number, number],
  [x, , z]: readonly [number, number, number],
): Part {
  const [at, colors] = [part.getAttribute("position"), part.getAttribute("color")];
  for (let i = 0; i < colors.count; i++) {
    const fold = foldAt((at.getX(i) - x) / longM + 0.5, (at.getZ(i) - z) / wideM + 0.5);
    const shade = Math.max(0.2, 1 + contrast * fold);
    // where the weave catches the light it is nearly white
    const sheen = Math.max(0, fold - 0.5) * contrast * 0.35;
    colors.setXYZ(i, colors.getX(i) * shade + sheen, colors.getY(i) * shade + sheen, colors.getZ(i) * shade + sheen);
  }
  return part;
}

/** A surface of random waves, about ±1, the same for the same random state. */
export function waves(random: Random, finest: number): (u: number, v: number) => number {
  const terms = Array.from({ length: 7 }, (_, i) => ({
    u: random.between(-1, 1) * finest * (0.3 + i / 7),
    v: random.between(-1, 1) * finest * (0.3 + i / 7),
    phase: random.between(0, 6.3),
    weight: 1 / (1.5 + i),
  }));
  return (u, v) => terms.reduce((sum, t) => sum + t.weight * Math.sin(t.u * u + t.v * v + t.phase), 0) / 1.6;
}

/** A colour a little lighter or darker than the given one. */
export const shaded = (color: THREE.ColorRepresentation, by: number): THREE.Color =>
  new THREE.Color(color).multiplyScalar(by);
