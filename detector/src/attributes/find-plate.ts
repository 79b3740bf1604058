import {
  cropQuad,
  decodePlateBoxes,
  type Picture,
  type Point,
  projectionOnto,
  type Quad,
  type StageOf,
  shorterSidePx,
  warpQuad,
} from "@mingcha/models/attributes";
import type { Detection } from "@mingcha/models/scene";
import type { StageSession } from "./open-stage.ts";

/** A plate in the full-size picture: corners in its pixels. */
export type FoundPlate = { corners: Quad; lines: 1 | 2; score: number };

export type PlateSearch =
  | { kind: "found"; plate: FoundPlate }
  | { kind: "not_found" | "too_small" | "not_asked_of_role" };

/** Looks for the plate of one vehicle; the best one where there are several. */
export async function findPlate(
  finder: StageSession<StageOf<"plate_boxes">>,
  picture: Picture,
  detection: Pick<Detection, "role" | "boxNorm">,
): Promise<PlateSearch> {
  const { input, crop, output } = finder.stage;
  if (detection.role === null || !crop.roles.includes(detection.role)) return { kind: "not_asked_of_role" };
  if (shorterSidePx(picture, detection.boxNorm) < crop.minSidePx) return { kind: "too_small" };
  const quad = cropQuad(picture, detection.boxNorm, crop.marginNorm, input);
  const pad = input.resize.mode === "letterbox" ? input.resize.pad : 0;
  const rgb = warpQuad(picture, quad, { widthPx: input.width, heightPx: input.height, outside: pad });
  const onto = projectionOnto(quad);
  if (rgb === undefined || onto === undefined) return { kind: "not_found" };
  const rows = (await finder.run(rgb))[output] ?? new Float32Array();
  const [best] = decodePlateBoxes(rows, finder.stage);
  if (best === undefined) return { kind: "not_found" };
  const inPicture = ({ x, y }: Point): Point => onto(x / input.width, y / input.height);
  const [a, b, c, d] = best.corners;
  const corners: Quad = [inPicture(a), inPicture(b), inPicture(c), inPicture(d)];
  return { kind: "found", plate: { corners, lines: best.lines, score: best.score } };
}
