/** A view is judged in 8×6 blocks, so that what passes or parks in some of them does not decide for all. */
export const blocksAcross = 8;
export const blocksDown = 6;

/** Pixel numbers of each block, row by row. */
export function blocksOf(width: number, height: number): number[][] {
  const blocks: number[][] = Array.from({ length: blocksAcross * blocksDown }, () => []);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const block = Math.floor((y * blocksDown) / height) * blocksAcross + Math.floor((x * blocksAcross) / width);
      blocks[block]?.push(y * width + x);
    }
  return blocks;
}
