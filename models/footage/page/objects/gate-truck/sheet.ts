import * as THREE from "three";
import type { Random } from "../../random.ts";
import { custom, type Part } from "../../solid.ts";

/** An uneven sheet over a rectangle: `heightAt(u, v)` in metres above `at`, u along x, v across, both 0..1. Finer than a facet a hand wide. */
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
  const loose = geometry.toNonIndexed();
  loose.computeVertexNormals();
  loose.translate(...at);
  return custom(loose, color);
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
