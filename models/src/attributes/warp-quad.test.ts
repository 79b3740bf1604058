import fc from "fast-check";
import { expect, test } from "vitest";
import type { Picture, Quad } from "./picture.ts";
import { tiltQuad } from "./tilt-quad.ts";
import { projectionOnto, warpQuad } from "./warp-quad.ts";

/** Red grows to the right, green downwards, so that a colour says where it came from. */
function ramp(widthPx: number, heightPx: number): Picture {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) rgb.set([2 * x, 2 * y, 7], (y * widthPx + x) * 3);
  return { rgb, widthPx, heightPx };
}
const square = (x1: number, y1: number, x2: number, y2: number): Quad => [
  { x: x1, y: y1 },
  { x: x2, y: y1 },
  { x: x2, y: y2 },
  { x: x1, y: y2 },
];

test("the whole picture at its own size is the picture, byte for byte", () => {
  const picture = ramp(9, 6);
  expect(warpQuad(picture, square(0, 0, 9, 6), { widthPx: 9, heightPx: 6 })).toEqual(picture.rgb);
});

test("the corners of the square land on the corners of the quad, whatever its perspective", () => {
  const point = fc.record({
    x: fc.double({ min: -5, max: 5, noNaN: true }),
    y: fc.double({ min: -5, max: 5, noNaN: true }),
  });
  fc.assert(
    fc.property(point, point, point, point, (a, b, c, d) => {
      const quad: Quad = [
        { x: a.x, y: a.y },
        { x: b.x + 40, y: b.y },
        { x: c.x + 40, y: c.y + 30 },
        { x: d.x, y: d.y + 30 },
      ];
      const onto = projectionOnto(quad);
      for (const [i, [u, v]] of (
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ] as const
      ).entries()) {
        expect(onto?.(u, v).x).toBeCloseTo(quad[i]?.x ?? 0, 6);
        expect(onto?.(u, v).y).toBeCloseTo(quad[i]?.y ?? 0, 6);
      }
    }),
  );
});

test("a straight line stays straight under perspective", () => {
  const onto = projectionOnto([
    { x: 10, y: 10 },
    { x: 90, y: 30 },
    { x: 80, y: 70 },
    { x: 5, y: 55 },
  ]);
  const [a, m, b] = [0.1, 0.37, 0.9].map((t) => onto?.(t, 0.2 + 0.5 * t) ?? { x: 0, y: 0 });
  expect((b!.x - a!.x) * (m!.y - a!.y) - (b!.y - a!.y) * (m!.x - a!.x)).toBeCloseTo(0, 6);
});

test("a thing turned upside down comes out upright", () => {
  const picture = ramp(20, 10);
  const [tl, tr, br, bl] = square(0, 0, 20, 10);
  const turned = warpQuad(picture, [br, bl, tl, tr], { widthPx: 20, heightPx: 10 })!;
  expect([...turned.subarray(0, 3)]).toEqual([38, 18, 7]);
});

test("many pixels become their mean, not one of them", () => {
  const widthPx = 64;
  const rgb = Uint8Array.from({ length: widthPx * 4 * 3 }, (_, i) => (Math.floor(i / 3) % 2 === 0 ? 0 : 200));
  const small = warpQuad({ rgb, widthPx, heightPx: 4 }, square(0, 0, 64, 4), { widthPx: 16, heightPx: 1 })!;
  for (const value of small) expect(Math.abs(value - 100)).toBeLessThanOrEqual(30);
});

test("what lies outside the picture has the asked value", () => {
  const out = warpQuad(ramp(8, 8), square(-8, 0, 8, 8), { widthPx: 16, heightPx: 8, outside: 114 })!;
  expect([...out.subarray(0, 3)]).toEqual([114, 114, 114]);
  expect([...out.subarray(15 * 3, 16 * 3)]).toEqual([14, 0, 7]);
});

test("a tilted quad shows its left side higher and its right side lower by the share of its height", () => {
  const picture = ramp(40, 20);
  const cut = warpQuad(picture, tiltQuad(square(10, 5, 30, 15), 0.2), { widthPx: 20, heightPx: 10 })!;
  const green = (x: number, y: number): number => cut[(y * 20 + x) * 3 + 1] as number;
  // two rows (0.2 of ten) further down on the left, two further up on the right, as seen at the pixel centres of the edges
  expect(green(0, 5)).toBe(2 * 10 + Math.round(4 * (1 - 1 / 20)));
  expect(green(19, 5)).toBe(2 * 10 - Math.round(4 * (1 - 1 / 20)));
});

test("beyond the rim the picture goes on with its nearest pixel where that is asked for", () => {
  const out = warpQuad(ramp(8, 8), square(-8, 0, 8, 8), { widthPx: 16, heightPx: 8, outside: "rim" })!;
  expect([...out.subarray(0, 3)]).toEqual([0, 0, 7]);
});

test("corners that enclose nothing give nothing", () => {
  const same = { x: 3, y: 3 };
  expect(warpQuad(ramp(8, 8), [same, same, same, same], { widthPx: 4, heightPx: 4 })).toBeUndefined();
  expect(
    projectionOnto([
      { x: Number.NaN, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0, y: 1 },
    ]),
  ).toBeUndefined();
});
