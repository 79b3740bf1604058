import type { PlacedFlag } from "@mingcha/models/http";
import type { useText } from "../../lib/use-text.ts";

const keys = {
  laser: "placed.radius",
  elevation: "placed.radius",
  take_off: "placed.radiusTakeOff",
} as const satisfies Record<NonNullable<PlacedFlag["heightFrom"]>, string>;

/** How far off a computed place may be, with what that rests on: over the take-off height it holds on ground that is level with it. */
export function radiusText(
  { ellipse, heightFrom }: Pick<PlacedFlag, "ellipse" | "heightFrom">,
  t: ReturnType<typeof useText>["t"],
): string {
  return t(heightFrom === null ? "placed.radiusUnknown" : keys[heightFrom], { radius: ellipse.radius95M.toFixed(1) });
}
