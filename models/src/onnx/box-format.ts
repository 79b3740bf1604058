import type { BoxFormat, BoxUnit } from "./manifest-heads.ts";

type Edges = { x1: number; y1: number; x2: number; y2: number };

/** Reader of four numbers of `boxes` as edges in pixels of the model input. */
export function boxReader(
  boxes: Float32Array,
  { boxFormat, boxUnit }: { boxFormat: BoxFormat; boxUnit: BoxUnit },
  input: { width: number; height: number },
): (index: number) => Edges {
  const [kx, ky] = boxUnit === "input_px" ? [1, 1] : [input.width, input.height];
  return (index) => {
    const [a = 0, b = 0, c = 0, d = 0] = boxes.subarray(index * 4, index * 4 + 4);
    if (boxFormat === "xyxy") return { x1: a * kx, y1: b * ky, x2: c * kx, y2: d * ky };
    if (boxFormat === "yxyx") return { x1: b * kx, y1: a * ky, x2: d * kx, y2: c * ky };
    return { x1: (a - c / 2) * kx, y1: (b - d / 2) * ky, x2: (a + c / 2) * kx, y2: (b + d / 2) * ky };
  };
}
