import fc from "fast-check";
import { expect, test } from "vitest";
import type { BoxNorm, PointNorm } from "./box.ts";
import { contactBands } from "./contact-bands.ts";
import { groundContactBand, groundContactShare } from "./ground-contact.ts";
import { boxShareInPolygon, clipPolygonToBox, convexShareInPolygon, polygonArea, polygonContains } from "./polygon.ts";

const square: PointNorm[] = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.8, 0.8],
  [0.2, 0.8],
];
/** A "U": the middle of its upper side is outside. */
const concave: PointNorm[] = [
  [0, 0],
  [0.3, 0],
  [0.3, 0.7],
  [0.7, 0.7],
  [0.7, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

test("area does not depend on the direction of the points", () => {
  expect(polygonArea(square)).toBeCloseTo(0.36, 12);
  expect(polygonArea([...square].reverse())).toBeCloseTo(0.36, 12);
  expect(polygonArea(concave)).toBeCloseTo(1 - 0.4 * 0.7, 12);
});

test("a notch of a concave zone is outside it", () => {
  expect(polygonContains(concave, [0.5, 0.3])).toBe(false);
  expect(polygonContains(concave, [0.5, 0.9])).toBe(true);
  expect(boxShareInPolygon([0.35, 0.1, 0.3, 0.5], concave)).toBeCloseTo(0, 12);
  expect(boxShareInPolygon([0.2, 0.1, 0.2, 0.2], concave)).toBeCloseTo(0.5, 12);
});

test("the clipped share equals what counting points gives, for any triangle and box", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const point = fc.tuple(share, share);
  fc.assert(
    fc.property(fc.tuple(point, point, point), point, point, (triangle, a, b) => {
      const box: BoxNorm = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];
      fc.pre(box[2] > 0.05 && box[3] > 0.05);
      let inside = 0;
      const steps = 40;
      for (let i = 0; i < steps; i++)
        for (let j = 0; j < steps; j++)
          if (polygonContains(triangle, [box[0] + ((i + 0.5) / steps) * box[2], box[1] + ((j + 0.5) / steps) * box[3]]))
            inside++;
      expect(Math.abs(boxShareInPolygon(box, triangle) - inside / steps ** 2)).toBeLessThan(0.06);
      expect(polygonArea(clipPolygonToBox(triangle, box))).toBeLessThanOrEqual(polygonArea(triangle) + 1e-9);
    }),
    { numRuns: 60 },
  );
});

test("only the foot of a box counts: a van's roof over the shop front is no contact", () => {
  const shopFront: PointNorm[] = [
    [0, 0],
    [1, 0],
    [1, 0.5],
    [0, 0.5],
  ];
  const foot = { fromShare: 0.75, toShare: 1 };
  expect(groundContactBand([0.4, 0.2, 0.2, 0.4], foot)).toEqual([0.4, 0.5, 0.2, 0.1]);
  expect(groundContactShare([0.4, 0.2, 0.2, 0.4], foot, shopFront)).toBeLessThan(1e-9);
});

test("a parasol takes the ground below it, though none of it touches the zone in the picture", () => {
  const pavement: PointNorm[] = [
    [0, 0.6],
    [0.5, 0.6],
    [0.5, 0.77],
    [0, 0.77],
  ];
  expect(groundContactShare([0.064, 0.451, 0.169, 0.118], contactBands.canopy, pavement)).toBeGreaterThan(0.4);
  expect(groundContactShare([0.064, 0.451, 0.169, 0.118], contactBands.goods, pavement)).toBe(0);
});

test("a box as four corners has the share it has as a box, in either direction of its points, also where the zone is concave", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.05, max: 0.6, noNaN: true }), (x, y, size) => {
      const corners: PointNorm[] = [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
      ];
      for (const polygon of [square, concave]) {
        const wanted = boxShareInPolygon([x, y, size, size], polygon);
        expect(convexShareInPolygon(corners, polygon)).toBeCloseTo(wanted, 9);
        expect(convexShareInPolygon([...corners].reverse(), polygon)).toBeCloseTo(wanted, 9);
      }
    }),
  );
});
