/** Width over height of a flag's picture; the usual one of a camera where there is no picture. */
export const aspectOf = (flag: { widthPx: number | null; heightPx: number | null } | undefined): number =>
  flag?.widthPx && flag.heightPx ? flag.widthPx / flag.heightPx : 16 / 9;
