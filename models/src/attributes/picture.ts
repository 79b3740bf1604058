/** Interleaved RGB bytes, row by row, `widthPx * heightPx * 3` of them. */
export type Picture = { rgb: Uint8Array; widthPx: number; heightPx: number };

export type Point = { x: number; y: number };

/** Corners in pixels of a picture, pixel edges at whole numbers: top left, top right, bottom right, bottom left as the thing is read. */
export type Quad = readonly [Point, Point, Point, Point];
