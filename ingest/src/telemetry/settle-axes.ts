import type { Block } from "./read-block.ts";
import type { AxisOrder, TelemetryOptions } from "./telemetry.ts";

type Pair = readonly [number, number];
type Place = { readonly longitude: number; readonly latitude: number };

/** A named position in the same file is the best reference there is; aircraft do not fly further on one battery. */
const sameFlightKm = 100;

/**
 * Decides once for a whole file which number is the longitude (ingest note §1.1): a value beyond ±90 must be one; else the order that
 * puts the track where the flight is known to have been. Otherwise it stays open: what a dialect usually does is no proof.
 */
export function settleAxes(blocks: readonly Block[], { near }: TelemetryOptions): AxisOrder {
  const pairs = blocks.flatMap(({ pair }) => (pair && !isNoFix(pair) ? [pair] : []));
  const [first] = pairs;
  const named = blocks.find((block) => block.named !== null && !isNoFix([block.named.longitude, block.named.latitude]));
  if (!first) return named?.named ? { kind: "named" } : { kind: "none" };

  const firstBeyond = pairs.some(([a]) => Math.abs(a) > 90);
  const secondBeyond = pairs.some(([, b]) => Math.abs(b) > 90);
  if (firstBeyond !== secondBeyond) return { kind: firstBeyond ? "lon-lat" : "lat-lon", because: "beyond-90" };

  if (!firstBeyond) {
    if (named?.named) {
      const order = nearer(first, named.named, sameFlightKm);
      if (order) return { kind: order, because: "named-in-same-file" };
    }
    const order = near ? nearer(first, near, near.withinKm) : null;
    if (order) return { kind: order, because: "near-reference" };
  }
  const isMetres = blocks.find((block) => block.pair !== null)?.family === "A′";
  return { kind: "open", usual: isMetres ? "lat-lon" : "lon-lat", first };
}

/** 0,0 means no fix, not a place off Ghana. */
export const isNoFix = ([a, b]: Pair): boolean => a === 0 && b === 0;

/** The one order that puts the pair within reach of the reference; null where both do or neither. */
function nearer([a, b]: Pair, reference: Place, withinKm: number): "lon-lat" | "lat-lon" | null {
  const isLonLat = distanceKm({ longitude: a, latitude: b }, reference) <= withinKm;
  const isLatLon = distanceKm({ longitude: b, latitude: a }, reference) <= withinKm;
  return isLonLat === isLatLon ? null : isLonLat ? "lon-lat" : "lat-lon";
}

/** Great-circle distance on a sphere of 6,371 km. */
function distanceKm(from: Place, to: Place): number {
  const rad = Math.PI / 180;
  const sinLat = Math.sin(((to.latitude - from.latitude) * rad) / 2);
  const sinLon = Math.sin(((to.longitude - from.longitude) * rad) / 2);
  const h = sinLat ** 2 + Math.cos(from.latitude * rad) * Math.cos(to.latitude * rad) * sinLon ** 2;
  return 2 * 6_371 * Math.asin(Math.min(1, Math.sqrt(h)));
}
