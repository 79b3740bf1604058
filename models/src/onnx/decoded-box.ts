/** One box out of a decoder: class id, score 0..1, edges in pixels of the model input. */
export type DecodedBox = { classId: number; score: number; x1: number; y1: number; x2: number; y2: number };

export function decodedIou(a: DecodedBox, b: DecodedBox): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / ((a.x2 - a.x1) * (a.y2 - a.y1) + (b.x2 - b.x1) * (b.y2 - b.y1) - shared);
}
