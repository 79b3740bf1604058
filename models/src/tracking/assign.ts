/**
 * Cheapest one-to-one assignment of rows to columns, every row of the smaller side assigned: Kuhn's Hungarian method with potentials and
 * shortest augmenting paths (Jonker & Volgenant, Computing 38, 1987), O(n²m). Deterministic: the lower index wins a draw.
 * @param cost row-major [rows × cols], finite.
 * @returns for each row its column, or -1 where there are more rows than columns.
 */
export function assign(cost: Float64Array, rows: number, cols: number): Int32Array {
  if (rows > cols) {
    const turned = new Float64Array(rows * cols);
    for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) turned[c * rows + r] = cost[r * cols + c] ?? 0;
    const rowOfCol = assign(turned, cols, rows);
    const colOfRow = new Int32Array(rows).fill(-1);
    rowOfCol.forEach((row, col) => {
      colOfRow[row] = col;
    });
    return colOfRow;
  }
  // Index 0 of columns and rows is a helper node, so everything is shifted by one.
  const rowPotential = new Float64Array(rows + 1);
  const colPotential = new Float64Array(cols + 1);
  const rowOfCol = new Int32Array(cols + 1);
  const cameFrom = new Int32Array(cols + 1);
  const shortest = new Float64Array(cols + 1);
  const isDone = new Uint8Array(cols + 1);
  for (let row = 1; row <= rows; row++) {
    rowOfCol[0] = row;
    shortest.fill(Number.POSITIVE_INFINITY);
    isDone.fill(0);
    let col = 0;
    do {
      isDone[col] = 1;
      const at = rowOfCol[col] ?? 0;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let c = 1; c <= cols; c++) {
        if (isDone[c] === 1) continue;
        const reduced = (cost[(at - 1) * cols + c - 1] ?? 0) - (rowPotential[at] ?? 0) - (colPotential[c] ?? 0);
        if (reduced < (shortest[c] ?? 0)) {
          shortest[c] = reduced;
          cameFrom[c] = col;
        }
        if ((shortest[c] ?? 0) < delta) {
          delta = shortest[c] ?? 0;
          next = c;
        }
      }
      for (let c = 0; c <= cols; c++)
        if (isDone[c] === 1) {
          rowPotential[rowOfCol[c] ?? 0] = (rowPotential[rowOfCol[c] ?? 0] ?? 0) + delta;
          colPotential[c] = (colPotential[c] ?? 0) - delta;
        } else shortest[c] = (shortest[c] ?? 0) - delta;
      col = next;
    } while (rowOfCol[col] !== 0);
    while (col !== 0) {
      const before = cameFrom[col] ?? 0;
      rowOfCol[col] = rowOfCol[before] ?? 0;
      col = before;
    }
  }
  const colOfRow = new Int32Array(rows).fill(-1);
  for (let c = 1; c <= cols; c++) if ((rowOfCol[c] ?? 0) > 0) colOfRow[(rowOfCol[c] ?? 0) - 1] = c - 1;
  return colOfRow;
}

/**
 * Pairs two sets so that the sum of `worth` is greatest. Pairs worth 0 or less are never made.
 * @returns for each of the first set the index of its partner, or -1.
 */
export function pairUp(rows: number, cols: number, worth: (row: number, col: number) => number): Int32Array {
  const pairs = new Int32Array(rows).fill(-1);
  if (rows === 0 || cols === 0) return pairs;
  const cost = new Float64Array(rows * cols);
  const perRow = new Int32Array(rows);
  const perCol = new Int32Array(cols);
  let isPlain = true;
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++) {
      const value = worth(r, c);
      if (value <= 0) continue;
      cost[r * cols + c] = -value;
      perRow[r] = (perRow[r] ?? 0) + 1;
      perCol[c] = (perCol[c] ?? 0) + 1;
      pairs[r] = c;
      if ((perRow[r] ?? 0) > 1 || (perCol[c] ?? 0) > 1) isPlain = false;
    }
  // Mostly everything has one possible partner, and nothing is to be weighed.
  if (isPlain) return pairs;
  const best = assign(cost, rows, cols);
  return best.map((col, row) => (col >= 0 && (cost[row * cols + col] ?? 0) < 0 ? col : -1));
}
