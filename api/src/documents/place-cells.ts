import type { Cell, Row } from "@mingcha/models/documents";

export interface Placed {
  readonly cell: Cell;
  readonly row: number;
  readonly column: number;
}
/** Rows tied together by a cell that spans them; it starts in the first of them and covers them all. */
export interface RowGroup {
  readonly from: number;
  readonly to: number;
}

/** Puts cells on the grid as HTML does. Throws where a row is too long, too short, or a span leaves its group. */
export function placeCells(rows: readonly Row[], columns: number): { placed: Placed[]; groups: RowGroup[] } {
  const taken = rows.map(() => new Array<boolean>(columns).fill(false));
  const placed: Placed[] = [];
  const groups: RowGroup[] = [];
  let groupEnd = 0;
  rows.forEach((row, r) => {
    let column = 0;
    let span = 1;
    for (const cell of row.cells) {
      while (taken[r]?.[column]) column++;
      if (column + cell.colSpan > columns || r + cell.rowSpan > rows.length)
        throw new RangeError(`Cell outside of the table in row ${r}`);
      for (let y = r; y < r + cell.rowSpan; y++) taken[y]?.fill(true, column, column + cell.colSpan);
      placed.push({ cell, row: r, column });
      span = Math.max(span, cell.rowSpan);
      column += cell.colSpan;
    }
    if (taken[r]?.includes(false)) throw new RangeError(`Empty place in row ${r}`);
    if (r >= groupEnd) {
      groups.push({ from: r, to: r + span });
      groupEnd = r + span;
    } else if (r + span > groupEnd) throw new RangeError(`Spanning cell leaves its group in row ${r}`);
  });
  return { placed, groups };
}
