import { blocksOf } from "./blocks.ts";
import { assertGrey, type GreyPicture, smooth } from "./grey-picture.ts";
import { measureTexture, noiseSigma } from "./measure-texture.ts";

/**
 * What is kept of a view, as plain JSON of about 9 kB: for every pixel of the thumbnail the direction of the edge there, one of 16 over half a
 * turn ("a"…"p"), or "." where there is none. Directions do not change with light, and half a turn is kept only, because night turns
 * dark on light into light on dark (orientation correlation: Fitch, Kadyrov, Christmas, Kittler, BMVC 2002).
 */
export type ViewSignature = {
  version: 1;
  width: number;
  height: number;
  edges: string;
  /** Mean grey, 0..1. */
  lightness: number;
  /** Root mean square of the slope, grey levels over two pixels: how much there is to see. */
  steepness: number;
  /** Curvature ÷ slope: falls when the lens goes out of focus or is sprayed, not when light fails. */
  detail: number;
};

export const directions = 16;
export const noEdge = 255;
const firstLetter = "a".charCodeAt(0);

/** An edge is stronger than the picture's own noise by this factor … */
const noiseFactor = 3;
/** … and than this many grey levels across two pixels: what JPEG and 8 bits add. */
const leastGradient = 2;

/** Of each block only so many of its pixels are edges, the steepest: a hedge must not outvote a kerb, nor the lit half of a street the dark one. */
const edgeShareMax = 0.3;

/** An edge is at least this share as steep as the steep ones of the picture (95th of 100): the grain of asphalt is none, in any light. */
const edgeFloorShare = 0.15;

/** Direction of the edge at every pixel, 0..15 over half a turn, `noEdge` where there is none. */
export function edgeDirections(picture: GreyPicture): Uint8Array {
  const { width, height } = picture;
  const grey = smooth(picture);
  const least = Math.max(leastGradient, noiseFactor * noiseSigma(grey, width, height));
  const steepness = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const dx = (grey[at + 1] as number) - (grey[at - 1] as number);
      const dy = (grey[at + width] as number) - (grey[at - width] as number);
      steepness[at] = Math.hypot(dx, dy);
    }
  const steepest = steepness.slice().sort()[Math.floor(steepness.length * 0.95)] ?? 0;
  const floor = Math.max(least, edgeFloorShare * steepest);
  const edges = new Uint8Array(width * height).fill(noEdge);
  for (const pixels of blocksOf(width, height)) {
    const sorted = Float32Array.from(pixels, (at) => steepness[at] as number).sort();
    const limit = Math.max(floor, sorted[Math.floor(sorted.length * (1 - edgeShareMax))] ?? 0);
    for (const at of pixels) {
      if ((steepness[at] as number) < limit) continue;
      const dx = (grey[at + 1] as number) - (grey[at - 1] as number);
      const dy = (grey[at + width] as number) - (grey[at - width] as number);
      edges[at] = Math.floor(((Math.atan2(dy, dx) / Math.PI + 1) % 1) * directions) % directions;
    }
  }
  return edges;
}

/** Describes a view for later comparison. Thumbnail of `viewSize`; see there how to make it. */
export function describeView(grey: Uint8Array, width: number, height: number): ViewSignature {
  assertGrey({ grey, width, height });
  const edges = edgeDirections({ grey, width, height });
  let text = "";
  for (const edge of edges) text += edge === noEdge ? "." : String.fromCharCode(firstLetter + edge);
  return { version: 1, width, height, edges: text, ...measureTexture({ grey, width, height }) };
}

/** The directions back out of a signature. Throws where it is damaged. */
export function readEdges({ edges, width, height }: ViewSignature): Uint8Array {
  if (edges.length !== width * height) throw new Error("a stored view is damaged");
  return Uint8Array.from(edges, (letter) => (letter === "." ? noEdge : letter.charCodeAt(0) - firstLetter));
}
