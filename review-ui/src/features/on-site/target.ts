import type { ClueDetail } from "@mingcha/models/http";
import { bearingDeg, distanceM } from "@mingcha/models/on-site";

export interface Target {
  readonly longitude: number;
  readonly latitude: number;
  /** `aircraft`: where the drone was when it looked, not where the thing stands. */
  readonly of: "source" | "aircraft";
}

/** The best known position of what is to be looked at: of the aircraft during the act, else of the source as registered. */
export function targetOf(clue: Pick<ClueDetail, "looks" | "device" | "from" | "to" | "sourceKind">): Target | null {
  if (clue.sourceKind === "drone" || clue.sourceKind === "patrol") {
    const within = clue.looks.filter(({ capturedAt }) => capturedAt >= clue.from && capturedAt <= clue.to);
    for (const { pose } of within) {
      const { longitude, latitude } = pose ?? {};
      if (typeof longitude === "number" && typeof latitude === "number") return { longitude, latitude, of: "aircraft" };
    }
  }
  const { longitude, latitude } = clue.device;
  return longitude === null || latitude === null ? null : { longitude, latitude, of: "source" };
}

const directions = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;

/** How far and which way, for a person on foot. */
export function wayTo(from: { longitude: number; latitude: number }, to: Target) {
  const nth = Math.round(bearingDeg(from, to) / 45) % directions.length;
  return { metres: distanceM(from, to), direction: directions[nth] ?? "n" };
}

/** `85 m`, `1.2 km` */
export function formatDistance(metres: number): string {
  return metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(metres < 10_000 ? 1 : 0)} km`;
}
