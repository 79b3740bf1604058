import type { ErrorEllipse, HeightAboveGround } from "@mingcha/models/ground";
import type { useText } from "./use-text.ts";

const keys = {
  laser: "placed.radius",
  elevation: "placed.radius",
  take_off: "placed.radiusTakeOff",
} as const satisfies Record<HeightAboveGround["from"], string>;

/** How far off a computed place may be, with what that rests on: over the take-off height it holds on ground that is level with it. */
export function radiusText(
  { radius95M }: Pick<ErrorEllipse, "radius95M">,
  /** Null: it was stored before that was kept. */
  heightFrom: HeightAboveGround["from"] | null,
  t: ReturnType<typeof useText>["t"],
): string {
  return t(heightFrom === null ? "placed.radiusUnknown" : keys[heightFrom], { radius: radius95M.toFixed(1) });
}
