/** Least-squares line through points [x, y]: y = at0 + slope × x. Slope 0 for fewer than two different x. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): { at0: number; slope: number } {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { at0: meanY - slope * meanX, slope };
}
