import { sigmoid, softmax } from "./activation.ts";
import type { DecodedBox } from "./decoded-box.ts";
import type { ManifestOf } from "./manifest.ts";
import { suppressDuplicates } from "./suppress-duplicates.ts";

type Head = Pick<
  ManifestOf<"nanodet">,
  "input" | "strides" | "bins" | "cellPoint" | "activation" | "labels" | "scoreThreshold" | "nmsIou"
>;

/** Cells of one stride: the grid covers the input, a cut cell counts. */
export function nanodetGrid(input: { width: number; height: number }, stride: number) {
  return { columns: Math.ceil(input.width / stride), rows: Math.ceil(input.height / stride) };
}

/** Cells of every stride, in their order. */
export const nanodetCells = ({ input, strides }: Pick<Head, "input" | "strides">): number[] =>
  strides.map((stride) => {
    const { columns, rows } = nanodetGrid(input, stride);
    return columns * rows;
  });

const pointOffset = (cellPoint: Head["cellPoint"], stride: number): number =>
  cellPoint === "corner" ? 0 : cellPoint === "middle" ? stride / 2 : (stride - 1) / 2;

/** Where the numbers of one stride lie: `scores` and `bins` may be the same array. */
type Level = { scores: Float32Array; scoreAt: number; bins: Float32Array; binAt: number; step?: number };

function decodeLevel(level: Level, stride: number, head: Head, found: DecodedBox[]): void {
  const { input, labels, scoreThreshold } = head;
  const { columns, rows } = nanodetGrid(input, stride);
  const offset = pointOffset(head.cellPoint, stride);
  const scoreStep = level.step ?? labels.length;
  const binStep = level.step ?? 4 * head.bins;
  const shares = new Float64Array(head.bins);
  const distancePx = (at: number): number => {
    softmax(level.bins, at, head.bins, shares);
    let mean = 0;
    for (let bin = 1; bin < head.bins; bin++) mean += bin * (shares[bin] as number);
    return mean * stride;
  };
  for (let cell = 0; cell < columns * rows; cell++) {
    const at = level.scoreAt + cell * scoreStep;
    let classId = 0;
    for (let c = 1; c < labels.length; c++)
      if ((level.scores[at + c] as number) > (level.scores[at + classId] as number)) classId = c;
    const raw = level.scores[at + classId] as number;
    const score = head.activation === "sigmoid" ? sigmoid(raw) : raw;
    if (!(score >= scoreThreshold)) continue;
    const x = (cell % columns) * stride + offset;
    const y = Math.floor(cell / columns) * stride + offset;
    const bin = level.binAt + cell * binStep;
    found.push({
      classId,
      score,
      x1: Math.max(0, x - distancePx(bin)),
      y1: Math.max(0, y - distancePx(bin + head.bins)),
      x2: Math.min(input.width, x + distancePx(bin + 2 * head.bins)),
      y2: Math.min(input.height, y + distancePx(bin + 3 * head.bins)),
    });
  }
}

/**
 * Boxes of a NanoDet head: `scores` Float32Array [cells, labels] and `distances` Float32Array [cells, 4 × bins] for each stride, cells row by
 * row. A side lies at the cell's point plus the mean of its distribution (softmax over the bins) times the stride; order left, top, right,
 * bottom. Source: RangiLyu/nanodet, `distance2bbox` and `Integral`; OpenCV Zoo, object_detection_nanodet.
 */
export function decodeNanodet(out: { scores: Float32Array[]; distances: Float32Array[] }, head: Head): DecodedBox[] {
  const found: DecodedBox[] = [];
  head.strides.forEach((stride, i) => {
    const [scores, bins] = [out.scores[i], out.distances[i]];
    if (scores !== undefined && bins !== undefined)
      decodeLevel({ scores, scoreAt: 0, bins, binAt: 0 }, stride, head, found);
  });
  return suppressDuplicates(found, head.nmsIou);
}

/** The same from one Float32Array [all cells, labels + 4 × bins], strides one after the other: the official export of NanoDet-Plus. */
export function decodeNanodetJoined(joined: Float32Array, head: Head): DecodedBox[] {
  const found: DecodedBox[] = [];
  const step = head.labels.length + 4 * head.bins;
  let first = 0;
  nanodetCells(head).forEach((cells, i) => {
    const at = first * step;
    const level = { scores: joined, scoreAt: at, bins: joined, binAt: at + head.labels.length, step };
    decodeLevel(level, head.strides[i] as number, head, found);
    first += cells;
  });
  return suppressDuplicates(found, head.nmsIou);
}
