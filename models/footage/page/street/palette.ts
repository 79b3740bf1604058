/** Painted textures cost time to make and upload: each page paints a pool once and every scene picks from it. */
import type * as THREE from "three";
import { createRandom, type Random } from "../random.ts";
import { paintAsphalt, paintPaving, paintShopFront, paintSign, paintWall } from "./paint.ts";

export type Palette = Record<"signs" | "fronts" | "walls" | "pavings" | "asphalts", readonly THREE.Texture[]>;

export function createPalette(seed: number): Palette {
  const random = createRandom(seed);
  const many = <T>(count: number, paint: (random: Random) => T): T[] =>
    Array.from({ length: count }, () => paint(random));
  return {
    signs: many(36, (r) => paintSign(r)),
    fronts: many(24, paintShopFront),
    walls: many(14, paintWall),
    pavings: many(6, paintPaving),
    asphalts: many(4, paintAsphalt),
  };
}
