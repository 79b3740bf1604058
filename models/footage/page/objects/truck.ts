import * as THREE from "three";
import type { Random } from "../random.ts";
import { box, custom, labelled, type Part, solid, taper, wheel } from "../solid.ts";

export type Cover = "open" | "covered" | "empty";
const cabPaints = [0xd9a520, 0x2c7a3f, 0x1f4f9a, 0xa8231f, 0xe6e6e2, 0xd2691e];

/** An uneven sheet: a heap of soil (high in the middle) or a tarpaulin (nearly flat, sagging between hoops). */
function sheet(
  longM: number,
  wideM: number,
  heightAt: (u: number, v: number) => number,
  color: number,
  at: readonly [number, number, number],
): Part {
  const geometry = new THREE.PlaneGeometry(longM, wideM, 14, 8);
  geometry.rotateX(-Math.PI / 2);
  const p = geometry.getAttribute("position");
  for (let i = 0; i < p.count; i++) p.setY(i, heightAt(p.getX(i) / longM + 0.5, p.getZ(i) / wideM + 0.5));
  const loose = geometry.toNonIndexed();
  loose.computeVertexNormals();
  loose.translate(...at);
  return custom(loose, color);
}

/** Tipper truck (渣土车), front along +x. The load or its cover is what a reviewer must judge. */
export function createTipper(random: Random, cover: Cover, paintAs?: number): THREE.Object3D {
  const paint = paintAs ?? random.pick(cabPaints);
  const bedLong = random.between(4.8, 6.4);
  const bedHigh = random.between(1.1, 1.5);
  const wide = 2.45;
  const long = bedLong + 2.5;
  const bedX = -long / 2 + bedLong / 2;
  const cabX = long / 2 - 1.05;
  const floor = 1.15;
  const side = random.chance(0.6) ? paint : 0x6a6d70;
  const parts: Part[] = [
    box([long - 0.4, 0.3, 1.1], [-0.1, 0.72, 0], 0x1f2022),
    taper([2.1, wide], [1.9, wide - 0.12], 1.0, [cabX, 0.75, 0], paint),
    taper([1.9, wide - 0.12], [1.55, wide - 0.3], 0.85, [cabX, 1.75, 0], 0x1b252b, -0.1),
    box([1.6, 0.16, wide - 0.24], [cabX - 0.12, 2.6, 0], paint),
    box([0.3, 0.95, wide - 0.2], [cabX - 0.82, 1.7, 0], paint),
    box([0.1, 0.4, wide], [cabX + 1.05, 0.5, 0], 0x2a2b2d),
    box([0.06, 0.2, 0.4], [cabX + 1.08, 0.95, 0.85], 0xf1f1ea),
    box([0.06, 0.2, 0.4], [cabX + 1.08, 0.95, -0.85], 0xf1f1ea),
    box([0.04, 0.22, 0.5], [cabX + 1.12, 0.55, 0], 0xd9b21a),
    box([0.1, 0.5, 0.16], [cabX + 0.85, 1.75, wide / 2 + 0.14], 0x17181a),
    box([0.1, 0.5, 0.16], [cabX + 0.85, 1.75, -wide / 2 - 0.14], 0x17181a),
    box([bedLong, 0.12, wide], [bedX, floor, 0], side),
    box([bedLong, bedHigh, 0.08], [bedX, floor, wide / 2 - 0.04], side),
    box([bedLong, bedHigh, 0.08], [bedX, floor, -wide / 2 + 0.04], side),
    box([0.08, bedHigh + 0.25, wide], [bedX + bedLong / 2, floor, 0], side),
    box([0.08, bedHigh, wide], [bedX - bedLong / 2, floor, 0], side),
    box([bedLong - 0.2, 0.45, 0.06], [bedX, 0.55, wide / 2 - 0.1], 0x8b8e91),
    box([bedLong - 0.2, 0.45, 0.06], [bedX, 0.55, -wide / 2 + 0.1], 0x8b8e91),
  ];
  for (let x = bedX - bedLong / 2 + 0.4; x < bedX + bedLong / 2; x += 0.75)
    for (const z of [wide / 2 + 0.03, -wide / 2 - 0.03])
      parts.push(box([0.1, bedHigh, 0.08], [x, floor, z], new THREE.Color(side).multiplyScalar(0.8)));
  const rough = (u: number, v: number): number => 0.1 * Math.sin(u * 23 + v * 9) + 0.07 * Math.sin(v * 17 - u * 13);
  if (cover === "open") {
    const soil = random.pick([0x6b4a2e, 0x7a5a3a, 0x594533, 0x8a7355, 0x74706a]);
    parts.push(
      sheet(
        bedLong - 0.16,
        wide - 0.16,
        (u, v) =>
          0.75 * Math.max(0, Math.sin(Math.PI * u)) ** 0.5 * Math.max(0, Math.sin(Math.PI * v)) ** 0.7 +
          rough(u, v) * 1.6,
        soil,
        [bedX, floor + bedHigh - 0.22, 0],
      ),
    );
    for (let i = 0; i < 14; i++)
      parts.push(
        box(
          [0.28, 0.2, 0.25],
          [
            bedX + random.between(-0.4, 0.4) * bedLong,
            floor + bedHigh + random.between(0.05, 0.4),
            random.between(-0.7, 0.7),
          ],
          new THREE.Color(soil).multiplyScalar(random.between(0.6, 1.3)),
          random.unit() * 3,
        ),
      );
  }
  if (cover === "covered") {
    const cloth = random.pick([0x26402f, 0x1c3c66, 0x222426, 0x2f6b43]);
    parts.push(
      sheet(
        bedLong + 0.1,
        wide + 0.1,
        (u, v) => 0.22 * Math.sin(Math.PI * v) + 0.05 * Math.cos(u * Math.PI * 12),
        cloth,
        [bedX, floor + bedHigh + 0.02, 0],
      ),
    );
    for (const z of [wide / 2 + 0.05, -wide / 2 - 0.05])
      parts.push(box([bedLong + 0.1, 0.3, 0.03], [bedX, floor + bedHigh - 0.28, z], cloth));
    parts.push(box([0.03, 0.35, wide], [bedX - bedLong / 2 - 0.06, floor + bedHigh - 0.33, 0], cloth));
  }
  for (const x of [cabX + 0.1, bedX - bedLong * 0.14, bedX - bedLong * 0.37])
    for (const z of [wide / 2 - 0.18, -wide / 2 + 0.18]) parts.push(...wheel(0.52, 0.36, [x, 0.52, z]));
  return labelled("truck", solid(parts));
}

/** Closed goods van-truck, flat-bed light truck or bus: the other large vehicles of a street. */
export function createOtherTruck(random: Random): THREE.Object3D {
  const bus = random.chance(0.3);
  const long = bus ? random.between(8.5, 11) : random.between(5.2, 6.8);
  const wide = bus ? 2.5 : 2.1;
  const high = bus ? 3 : random.between(2.5, 2.9);
  const paint = random.pick([0xe8e8e4, 0xd9dde0, 0x2a5aa0, 0xc23b2e, 0x3b8d57]);
  const half = long / 2;
  const parts: Part[] = bus
    ? [
        box([long, high - 0.4, wide], [0, 0.4, 0], paint),
        box([long - 0.6, 0.9, wide + 0.03], [0, 1.45, 0], 0x1c262c),
        box([0.06, 1.3, wide - 0.2], [half, 1.1, 0], 0x1c262c),
        box([long, 0.25, wide + 0.02], [0, 0.75, 0], random.pick([0x2f9e6b, 0xd9822b, 0x2b65b5])),
      ]
    : [
        box([long, 0.2, 0.9], [0, 0.55, 0], 0x202124),
        taper([1.6, wide - 0.1], [1.5, wide - 0.16], 0.75, [half - 0.8, 0.5, 0], paint),
        taper([1.5, wide - 0.16], [1.1, wide - 0.3], 0.75, [half - 0.8, 1.25, 0], 0x1b252b, -0.12),
        box([1.1, 0.1, wide - 0.3], [half - 0.95, 2.0, 0], paint),
        ...(random.chance(0.65)
          ? [box([long - 1.8, high - 0.75, wide], [-0.85, 0.75, 0], random.pick([0xeeeeea, 0xdfe3e6, 0x9aa6ad]))]
          : [
              box([long - 1.8, 0.1, wide], [-0.85, 0.75, 0], 0x4b5157),
              box([long - 1.8, 0.42, 0.05], [-0.85, 0.8, wide / 2], 0x3a6ea5),
              box([long - 1.8, 0.42, 0.05], [-0.85, 0.8, -wide / 2], 0x3a6ea5),
            ]),
      ];
  for (const x of [half - 0.9, -half + 1.1])
    for (const z of [wide / 2 - 0.14, -wide / 2 + 0.14])
      parts.push(...wheel(bus ? 0.48 : 0.38, 0.28, [x, bus ? 0.48 : 0.38, z]));
  return labelled("truck", solid(parts));
}
