import { type GreyPicture, smooth } from "./grey-picture.ts";

/**
 * Sigma of the noise of a picture, grey levels: median of the absolute answer of a filter that gives zero on planes and straight edges
 * (mask and normalisation: Immerkær, CVIU 64(2), 1996; median instead of mean, so that structure does not count as noise).
 */
export function noiseSigma(grey: Float32Array, width: number, height: number): number {
  const answers = new Float32Array(Math.floor((width - 1) / 2) * Math.floor((height - 1) / 2));
  let count = 0;
  for (let y = 1; y < height - 1; y += 2)
    for (let x = 1; x < width - 1; x += 2) {
      const at = y * width + x;
      const g = (offset: number): number => grey[at + offset] as number;
      const corners = g(-width - 1) + g(-width + 1) + g(width - 1) + g(width + 1);
      answers[count++] = Math.abs(corners - 2 * (g(-width) + g(width) + g(-1) + g(1)) + 4 * g(0));
    }
  answers.sort();
  // Median of |N(0, σ)| is 0.6745 σ; the mask multiplies sigma by 6.
  return (answers[answers.length >> 1] ?? 0) / (0.6745 * 6);
}

/** Mean grey, mean slope and curvature ÷ slope of a picture; see `ViewSignature` for units. */
export function measureTexture(picture: GreyPicture): { lightness: number; steepness: number; detail: number } {
  const { width, height } = picture;
  const grey = smooth(picture);
  let [sum, slope, curve] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const [g, left, right] = [grey[at] as number, grey[at - 1] as number, grey[at + 1] as number];
      const [above, below] = [grey[at - width] as number, grey[at + width] as number];
      sum += g;
      slope += (right - left) ** 2 + (below - above) ** 2;
      curve += (left + right - 2 * g) ** 2 + (above + below - 2 * g) ** 2;
    }
  const count = (width - 2) * (height - 2);
  return {
    lightness: sum / count / 255,
    steepness: Math.sqrt(slope / count),
    detail: slope > 0 ? Math.sqrt(curve / slope) : 0,
  };
}
