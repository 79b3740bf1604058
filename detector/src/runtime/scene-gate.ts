import { type BoxNorm, boxIou, type Detection, type PolygonNorm, polygonContains } from "@mingcha/models/scene";
import { viewSize } from "@mingcha/models/view";

/**
 * When a look may be carried over from the one before instead of being analysed. Plain data: it crosses to the inference process. The caller
 * gives it only for a clip at whose beginning the state of every place is certain: no candidate being confirmed, nothing in its grace time.
 */
export type LookGate = {
  /** What the rules watch, shares of the picture. */
  zones: readonly PolygonNorm[];
  /** Scores at which a rule changes its mind: nothing may lie near one of them, and what lies below all does not matter. */
  scoreLimits: readonly number[];
  /** Looks carried in a row at most … */
  carriedMax: number;
  /** … and the time without an analysed look at most. */
  ageMsMax: number;
  /** Moments from the first frame, milliseconds, at which a look is analysed whatever it shows: a dwell about to be full, hours that begin. */
  dueMs: readonly number[];
};

/** Why a look is analysed; `carried` where it is not. */
export type GateVerdict = "first" | "due" | "unsettled" | "near_limit" | "changed" | "carried";

/** A box this near a limit may be on its other side in the next look: five times what the noise of a frame changes a score by. */
const scoreMargin = 0.03;
/** Two boxes of one thing agree that far where it stands still. */
const sameIou = 0.6;
/** Cells round a zone that count with it: a thing at its edge, and the blur of scaling. */
const borderCells = 2;
/** A cell has changed beyond this many grey levels and this many times the noise of the frame, its common shift of light left out. */
const changeMin = 5;
const changeOverNoise = 6;
/** Standard deviation of a normal distribution ÷ its median absolute deviation. */
const madToSigma = 1.4826;

const cellsOf = (): number => viewSize.width * viewSize.height;

/** Numbers of the cells of a thumbnail that lie in a zone or beside one. */
export function zoneCells(zones: readonly PolygonNorm[]): Uint32Array {
  const isNear = new Uint8Array(cellsOf());
  for (let row = 0; row < viewSize.height; row++)
    for (let column = 0; column < viewSize.width; column++) {
      const centre: [number, number] = [(column + 0.5) / viewSize.width, (row + 0.5) / viewSize.height];
      if (!zones.some((zone) => polygonContains(zone, centre))) continue;
      for (let y = Math.max(0, row - borderCells); y <= Math.min(viewSize.height - 1, row + borderCells); y++)
        for (let x = Math.max(0, column - borderCells); x <= Math.min(viewSize.width - 1, column + borderCells); x++)
          isNear[y * viewSize.width + x] = 1;
    }
  return Uint32Array.from(isNear.keys()).filter((cell) => isNear[cell] === 1);
}

/** Median of whole numbers within ±255, by counting. */
function medianOf(values: Int16Array): number {
  const counts = new Uint32Array(511);
  for (const value of values) counts[value + 255] = (counts[value + 255] as number) + 1;
  let passed = 0;
  for (let i = 0; i < counts.length; i++) {
    passed += counts[i] as number;
    if (2 * passed >= values.length) return i - 255;
  }
  return 0;
}

/** Whether anything in the given cells differs between two thumbnails of `viewSize`, beyond noise and a common change of light. */
export function hasChanged(before: Uint8Array, now: Uint8Array, cells: Uint32Array): boolean {
  const difference = new Int16Array(now.length);
  for (let i = 0; i < now.length; i++) difference[i] = (now[i] as number) - (before[i] as number);
  const shift = medianOf(difference);
  // A light that changes a lot changes shadows too.
  if (Math.abs(shift) > 2 * changeMin) return true;
  const noise = madToSigma * medianOf(difference.map((value) => Math.min(255, Math.abs(value - shift))));
  const limit = Math.max(changeMin, changeOverNoise * noise);
  return cells.some((cell) => Math.abs((difference[cell] as number) - shift) > limit);
}

/** Whether a box covers any of the cells. */
function touches([x, y, width, height]: BoxNorm, cells: Uint32Array): boolean {
  const [left, right] = [Math.floor(x * viewSize.width), (x + width) * viewSize.width];
  const [top, bottom] = [Math.floor(y * viewSize.height), (y + height) * viewSize.height];
  return cells.some((cell) => {
    const column = cell % viewSize.width;
    const row = Math.floor(cell / viewSize.width);
    return column >= left && column < right && row >= top && row < bottom;
  });
}

/** Whether two looks saw the same things at the same places. */
function agree(one: readonly Detection[], other: readonly Detection[]): boolean {
  const isIn = (box: BoxNorm, label: string, list: readonly Detection[]): boolean =>
    list.some((item) => item.label === label && boxIou(item.boxNorm, box) >= sameIou);
  return (
    one.length === other.length &&
    one.every(({ boxNorm, label }) => isIn(boxNorm, label, other)) &&
    other.every(({ boxNorm, label }) => isIn(boxNorm, label, one))
  );
}

/** Decides look by look; told of every analysed look what it found. */
export type SceneGate = {
  /** `thumbnail` of `viewSize`, time from the first frame. */
  judge: (thumbnail: Uint8Array, atMs: number) => GateVerdict;
  analysed: (thumbnail: Uint8Array, atMs: number, detections: readonly Detection[]) => void;
  /** What the last analysed look found: what a carried one repeats. */
  last: () => readonly Detection[];
};

/** A gate for the looks of one clip, in time order. Its first look is always analysed, and so is the next unless both agree. */
export function createSceneGate(gate: LookGate): SceneGate {
  const cells = zoneCells(gate.zones);
  const scoreMin = Math.min(...gate.scoreLimits) - scoreMargin;
  /** What a rule could count: strong enough for the weakest of them, and touching a watched part of the picture. */
  const counted = (detections: readonly Detection[]): Detection[] =>
    detections.filter(({ score, boxNorm }) => !(score < scoreMin) && touches(boxNorm, cells));
  let reference: { thumbnail: Uint8Array; atMs: number; detections: readonly Detection[] } | undefined;
  let isSettled = false;
  let carried = 0;
  let judgedMs = Number.NEGATIVE_INFINITY;
  return {
    judge: (thumbnail, atMs) => {
      const isDue = gate.dueMs.some((due) => due > judgedMs && due <= atMs);
      judgedMs = atMs;
      if (reference === undefined) return "first";
      if (isDue || carried >= gate.carriedMax || atMs - reference.atMs > gate.ageMsMax) return "due";
      if (!isSettled) return "unsettled";
      const isNear = ({ score }: Detection): boolean =>
        gate.scoreLimits.some((limit) => Math.abs(score - limit) <= scoreMargin);
      if (counted(reference.detections).some(isNear)) return "near_limit";
      if (hasChanged(reference.thumbnail, thumbnail, cells)) return "changed";
      carried++;
      return "carried";
    },
    analysed: (thumbnail, atMs, detections) => {
      isSettled = reference !== undefined && agree(counted(reference.detections), counted(detections));
      reference = { thumbnail, atMs, detections };
      carried = 0;
    },
    last: () => reference?.detections ?? [],
  };
}
