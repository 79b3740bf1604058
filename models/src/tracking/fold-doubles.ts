import { boxIou, coveredShare } from "../geometry/box.ts";
import type { Detection } from "../scene/look.ts";

/** What a second model found out about one thing in one look; a missing entry means that nobody looked or it was not certain. */
export type Attributes = { load?: "loaded" | "empty" };

/** One thing in one look, under every name the model gave it, the surest first. */
export type Thing = { detections: readonly [TrackedDetection, ...TrackedDetection[]]; kind: string };
export type TrackedDetection = Detection & { attributes?: Attributes };

/** Two boxes of one kind overlapping this much are one thing that the model named twice (a van as car and as truck) … */
const sameThingIou = 0.65;
/** … and, of vehicles, one within the other and not much smaller (the cab as car or truck, the whole as truck). */
const sameThingInside = 0.9;
const sameThingIouInside = 0.45;

const isVehicle = ({ role }: TrackedDetection): boolean => role === "car" || role === "truck";

function isSameThing(a: TrackedDetection, b: TrackedDetection): boolean {
  const iou = boxIou(a.boxNorm, b.boxNorm);
  if (iou >= sameThingIou) return true;
  const inside = Math.max(coveredShare(a.boxNorm, b.boxNorm), coveredShare(b.boxNorm, a.boxNorm));
  return isVehicle(a) && iou >= sameThingIouInside && inside >= sameThingInside;
}

/** Things that may turn into one another from look to look: a van is a car and a truck by turns, a person is never a car. */
export const kindOf = ({ role, label }: Pick<Detection, "role" | "label">): string =>
  role === "car" || role === "truck" ? "vehicle" : (role ?? `label:${label}`);

/** The things of one look, surest first; boxes weaker than `lowScore` are left out. */
export function foldDoubles(detections: readonly TrackedDetection[], lowScore: number): Thing[] {
  const things: { detections: [TrackedDetection, ...TrackedDetection[]]; kind: string }[] = [];
  const ordered = detections.filter((d) => d.score >= lowScore).sort((a, b) => b.score - a.score);
  for (const detection of ordered) {
    const kind = kindOf(detection);
    const same = things.find((thing) => thing.kind === kind && isSameThing(thing.detections[0], detection));
    if (same === undefined) things.push({ detections: [detection], kind });
    else same.detections.push(detection);
  }
  return things;
}
