import type { Stage } from "../stage.ts";
import type { Palette } from "../street/palette.ts";
import type { Clip } from "./clip.ts";
import { dronePass } from "./drone-pass.ts";
import { shopCrossDoor } from "./shop-cross-door.ts";
import { siteGate } from "./site-gate.ts";
import { stall } from "./stall.ts";

/** Every demo clip, by the name of its folder. */
export const clips: Record<string, (stage: Stage, palette: Palette) => Clip> = {
  "shop-cross-door": shopCrossDoor,
  stall,
  "site-gate": siteGate,
  "drone-pass": dronePass,
};
