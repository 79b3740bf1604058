import type { LonLat } from "../geo/gcj02.ts";
import { type CameraPose, type Lens, movedBy, rayOf } from "./camera-pose.ts";
import type { Elevation } from "./elevation-grid.ts";

/** Rise of the ground in metres for each metre north and each metre east: the gradient of its height. */
export type Slope = readonly [north: number, east: number];
export const level: Slope = [0, 0];

/** Rise of the ground along a way, metres. */
export const riseOf = ([north, east]: Slope, [northM, eastM]: readonly [number, number]): number =>
  north * northM + east * eastM;

/**
 * Slope of the ground around a place by central differences over `reachM` to each side: as far as the place may be off, so that what is smaller
 * than its error does not turn its ellipse. Null where the ground is not known that far.
 */
export function slopeAround(place: LonLat, reachM: number, elevation: Elevation): Slope | null {
  const heightAt = (northM: number, eastM: number) => elevation.at(movedBy(place, northM, eastM))?.elevationM ?? null;
  const [north, south] = [heightAt(reachM, 0), heightAt(-reachM, 0)];
  const [east, west] = [heightAt(0, reachM), heightAt(0, -reachM)];
  if (north === null || south === null || east === null || west === null) return null;
  return [(north - south) / (2 * reachM), (east - west) / (2 * reachM)];
}

/**
 * Angle in degrees between a pixel's ray and the ground it meets: sin γ = (d + g·r) / (|(r, d)|·√(1 + |g|²)) with the ray r horizontally and d down and
 * the slope g. Zero or less: the ground falls away as steeply as the ray does.
 */
export function grazingDeg(pose: CameraPose, lens: Lens, pixel: readonly [number, number], slope: Slope): number {
  const [north, east, down] = rayOf(pose, lens, pixel);
  const into = down + riseOf(slope, [north, east]);
  return (Math.asin(into / (Math.hypot(north, east, down) * Math.hypot(1, ...slope))) * 180) / Math.PI;
}
