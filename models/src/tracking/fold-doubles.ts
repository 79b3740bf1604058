import { boxIou, coveredShare } from "../geometry/box.ts";
import type { Detection } from "../scene/look.ts";

/** What a second model found out about one thing in one look; a missing entry means that nobody looked or it was not certain. */
export type Attributes = { load?: "loaded" | "empty" };

/** One thing in one look, under every name the model gave it, the surest first. */
export type Thing = { detections: readonly [TrackedDetection, ...TrackedDetection[]]; kind: string };
export type TrackedDetection = Detection & { attributes?: Attributes };

/** Two boxes overlapping this much are one thing that the model named twice (a van as car and as truck) … */
const sameThingIou = 0.65;
/** … and, of vehicles, one within the other and not much smaller (the cab as car, the whole as truck) … */
const sameThingInside = 0.9;
const sameThingIouInside = 0.45;
/** … under one name only where both stand on the same ground: a lorry in the lane behind ends higher in the picture. Share of the height. */
const sameGroundShare = 0.2;

const isVehicle = ({ role }: Named): boolean => role === "car" || role === "truck";

type Named = Pick<Detection, "role" | "boxNorm">;

/** Whether two boxes of things that may turn into one another are one thing. */
export function isSameThing(a: Named, b: Named): boolean {
  const iou = boxIou(a.boxNorm, b.boxNorm);
  if (iou >= sameThingIou) return true;
  if (!isVehicle(a) || !isVehicle(b) || iou < sameThingIouInside) return false;
  if (Math.max(coveredShare(a.boxNorm, b.boxNorm), coveredShare(b.boxNorm, a.boxNorm)) < sameThingInside) return false;
  const [bottomA, bottomB] = [a, b].map(({ boxNorm }) => boxNorm[1] + boxNorm[3]) as [number, number];
  const height = Math.max(a.boxNorm[3], b.boxNorm[3]);
  return a.role !== b.role || Math.abs(bottomA - bottomB) <= sameGroundShare * height;
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
