/**
 * House style after GB/T 9704-2012 (domain F): A4, top margin 37 mm, binding margin 28 mm, text block 156 × 225 mm,
 * title 2号, body 3号 with 22 lines a page. Forms keep page and title but set their tables in 五号.
 */
export const ptPerMm = 72 / 25.4;

export const page = {
  widthMm: 210,
  heightMm: 297,
  topMm: 37,
  leftMm: 28,
  textWidthMm: 156,
  textHeightMm: 225,
} as const;
export const margins = {
  rightMm: page.widthMm - page.leftMm - page.textWidthMm,
  bottomMm: page.heightMm - page.topMm - page.textHeightMm,
} as const;

export interface TextSize {
  readonly sizePt: number;
  /** Distance of base lines. */
  readonly leadingPt: number;
}

/** 2号 22 pt, 3号 16 pt, 小三 15 pt, 四号 14 pt, 小四 12 pt, 五号 10.5 pt. */
export const styles = {
  letter: {
    authority: { sizePt: 18, leadingPt: 30 },
    title: { sizePt: 22, leadingPt: 36 },
    number: { sizePt: 15, leadingPt: 30 },
    body: { sizePt: 16, leadingPt: 28 },
    heading: { sizePt: 16, leadingPt: 30 },
  },
  form: {
    authority: { sizePt: 15, leadingPt: 24 },
    title: { sizePt: 22, leadingPt: 36 },
    number: { sizePt: 12, leadingPt: 22 },
    body: { sizePt: 12, leadingPt: 22 },
    heading: { sizePt: 12, leadingPt: 26 },
  },
} as const satisfies Record<string, Record<string, TextSize>>;

export const cellText: TextSize = { sizePt: 10.5, leadingPt: 16.5 };
export const smallText: TextSize = { sizePt: 8.5, leadingPt: 13 };
export const noteText: TextSize = { sizePt: 9, leadingPt: 15 };
export const footText: TextSize = { sizePt: 8, leadingPt: 12 };
export const pageNumberText: TextSize = { sizePt: 14, leadingPt: 20 };
export const cellPadPt = { x: 4, y: 3 } as const;

/** Colours readable on a black-and-white printer too: the blank keeps its words, the mark its brackets. */
export const colors = {
  text: "#000000",
  missing: "#8a1c00",
  missingFill: "#fff1a6",
  unverified: "#c00000",
  watermark: "#ebebeb",
  quiet: "#555555",
} as const;

/** Written into the files instead of the clock: drafts are hashed, the same facts must give the same bytes. */
export const fixedDate = new Date("2000-01-01T00:00:00Z");

export interface Picture {
  /** JPEG or PNG. */
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}
export interface RenderOptions {
  /** By the id of a picture block. */
  readonly pictures?: ReadonlyMap<string, Picture>;
}

/** Largest size that keeps the proportions of a picture within a box, in the unit of the box. */
export function fitBox(picture: Picture, width: number, height: number): { width: number; height: number } {
  const scale = Math.min(width / picture.widthPx, height / picture.heightPx);
  return { width: picture.widthPx * scale, height: picture.heightPx * scale };
}

/** Printed in the frame of a picture that was not handed over. */
export const noPictureText = "（图片未随附，以电子原件为准）";
