import { type ErrorEllipse, movedBy } from "@mingcha/models/ground";
import type { Position } from "./map-style.ts";

interface Middle {
  readonly at: Position;
  readonly ellipse: ErrorEllipse;
}

/** Outline of an error ellipse on the ground, WGS-84. */
export function ellipseRing({ at: [longitude, latitude], ellipse }: Middle, points = 36): [number, number][] {
  const turn = (ellipse.bearingDeg / 180) * Math.PI;
  return Array.from({ length: points }, (_, i) => {
    const angle = (i / points) * 2 * Math.PI;
    const along = ellipse.longM * Math.cos(angle);
    const across = ellipse.shortM * Math.sin(angle);
    const there = movedBy(
      { longitude, latitude },
      along * Math.cos(turn) - across * Math.sin(turn),
      along * Math.sin(turn) + across * Math.cos(turn),
    );
    return [there.longitude, there.latitude];
  });
}
