import type { Block, Cell, Row } from "@mingcha/models/documents";
import { cellPadPt, cellText, colors, ptPerMm, smallText } from "./house-style.ts";
import { leftPt, type Pages, textWidthPt } from "./pdf-pages.ts";
import type { LaidText, PdfText } from "./pdf-text.ts";
import { placeCells, type RowGroup } from "./place-cells.ts";

type Table = Extract<Block, { kind: "table" }>;

interface LaidCell {
  readonly cell: Cell;
  readonly x: number;
  readonly width: number;
  readonly row: number;
  readonly lines: readonly LaidText[];
  readonly foot: readonly LaidText[];
  readonly height: number;
}
interface LaidTable {
  readonly cells: readonly LaidCell[];
  readonly heights: readonly number[];
  readonly groups: readonly RowGroup[];
}
/** Lines of a cell already printed on earlier pages. */
type Done = Map<LaidCell, number>;

const totalLines = (cell: LaidCell) => cell.lines.reduce((n, laid) => n + laid.lines.length, 0);

function layTable(rows: readonly Row[], columns: readonly number[], text: PdfText): LaidTable {
  const { placed, groups } = placeCells(rows, columns.length);
  const total = columns.reduce((a, b) => a + b, 0);
  const edges = [leftPt];
  for (const share of columns) edges.push((edges.at(-1) ?? leftPt) + (share / total) * textWidthPt);
  const cells = placed.map(({ cell, row, column }): LaidCell => {
    const x = edges[column] ?? leftPt;
    const width = (edges[column + cell.colSpan] ?? x) - x;
    const options = { size: cell.small ? smallText : cellText, width: width - 2 * cellPadPt.x, bold: cell.label };
    const lines = cell.lines.map((line) => text.lay(line.runs, options));
    const foot = cell.foot.map((line) => text.lay(line.runs, options));
    const height = [...lines, ...foot].reduce((sum, laid) => sum + text.heightOf(laid), 2 * cellPadPt.y);
    return { cell, x, width, row, lines, foot, height };
  });
  const heights = rows.map((row, r) => {
    const own = cells.filter((cell) => cell.row === r && cell.cell.rowSpan === 1);
    return Math.max(row.minHeightMm * ptPerMm, ...own.map((cell) => cell.height));
  });
  for (const spanning of cells.filter((cell) => cell.cell.rowSpan > 1)) {
    const end = spanning.row + spanning.cell.rowSpan;
    const have = heights.slice(spanning.row, end).reduce((a, b) => a + b, 0);
    heights[end - 1] = (heights[end - 1] ?? 0) + Math.max(0, spanning.height - have);
  }
  return { cells, heights, groups };
}

/** Draws tables: heads repeated on every page, groups kept whole where they fit, tall rows divided between lines. */
export function createTableDrawer(doc: PDFKit.PDFDocument, pages: Pages, text: PdfText) {
  const box = (cell: LaidCell, top: number, height: number) =>
    doc.rect(cell.x, top, cell.width, height).lineWidth(0.6).stroke(colors.text);

  /** Draws lines `from`..`to` (counted over the paragraphs of the cell) and, with `end`, the foot. */
  function drawCell(cell: LaidCell, top: number, height: number, from: number, to: number, end: boolean) {
    box(cell, top, height);
    const footHeight = end ? cell.foot.reduce((sum, laid) => sum + text.heightOf(laid), 0) : 0;
    const leading = cell.lines[0]?.size.leadingPt ?? cellText.leadingPt;
    const body = (to - from) * leading;
    const centred = cell.foot.length === 0;
    let y = top + (centred ? Math.max(cellPadPt.y, (height - body) / 2) : cellPadPt.y);
    const width = cell.width - 2 * cellPadPt.x;
    let first = 0;
    cell.lines.forEach((laid, i) => {
      const [a, b] = [Math.max(from - first, 0), Math.min(to - first, laid.lines.length)];
      if (a < b) y = text.draw(laid, cell.x + cellPadPt.x, y, width, cell.cell.lines[i]?.align, a, b);
      first += laid.lines.length;
    });
    if (!end) return;
    let footTop = top + height - cellPadPt.y - footHeight;
    cell.foot.forEach((laid, i) => {
      footTop = text.draw(laid, cell.x + cellPadPt.x, footTop, width, cell.cell.foot[i]?.align);
    });
  }

  /** The part of a row that fits in `room`; returns false when something is left for the next page. */
  function drawRowPart(cells: readonly LaidCell[], height: number, room: number, done: Done): boolean {
    const rest = (cell: LaidCell) => totalLines(cell) - (done.get(cell) ?? 0);
    const leading = (cell: LaidCell) => cell.lines[0]?.size.leadingPt ?? cellText.leadingPt;
    const footOf = (cell: LaidCell) => cell.foot.reduce((sum, laid) => sum + text.heightOf(laid), 0);
    const needs = Math.max(...cells.map((cell) => rest(cell) * leading(cell) + footOf(cell) + 2 * cellPadPt.y));
    const whole = needs <= room;
    const partHeight = whole ? (done.size > 0 ? needs : Math.min(height, room)) : room;
    for (const cell of cells) {
      const from = cell.cell.label ? 0 : (done.get(cell) ?? 0);
      const fit = Math.max(0, Math.floor((partHeight - 2 * cellPadPt.y) / leading(cell)));
      const to = cell.cell.label || whole ? totalLines(cell) : Math.min(totalLines(cell), from + fit);
      drawCell(cell, pages.y, partHeight, from, to, whole);
      done.set(cell, to);
    }
    pages.y += partHeight;
    return whole;
  }

  return function drawTable(block: Table) {
    const head = layTable(block.header, block.columns, text);
    const body = layTable(block.rows, block.columns, text);
    const headHeight = head.heights.reduce((a, b) => a + b, 0);
    const drawHead = () => {
      head.heights.forEach((height, r) => {
        drawRowPart(
          head.cells.filter((cell) => cell.row === r),
          height,
          Number.POSITIVE_INFINITY,
          new Map(),
        );
      });
    };
    const turn = () => {
      pages.breakPage();
      drawHead();
    };
    const firstGroup = body.groups[0];
    const groupHeight = (group: RowGroup) => body.heights.slice(group.from, group.to).reduce((a, b) => a + b, 0);
    pages.keep(headHeight + Math.min(firstGroup ? groupHeight(firstGroup) : 0, 120));
    drawHead();

    for (const group of body.groups) {
      const height = groupHeight(group);
      const mayDivide = group.to - group.from === 1 && height > 120 && pages.room() > 70;
      const hasFoot = body.cells.some((cell) => cell.row === group.from && cell.foot.length > 0);
      if (height > pages.room() && (!mayDivide || hasFoot)) turn();
      const spans = body.cells.filter((cell) => cell.row === group.from && cell.cell.rowSpan > 1);
      let segmentTop = pages.y;
      const closeSegment = () => {
        for (const cell of spans) drawCell(cell, segmentTop, pages.y - segmentTop, 0, totalLines(cell), true);
      };
      for (let r = group.from; r < group.to; r++) {
        const cells = body.cells.filter((cell) => cell.row === r && !spans.includes(cell));
        const done: Done = new Map();
        const rowHeight = body.heights[r] ?? 0;
        if (r > group.from && rowHeight > pages.room() && (rowHeight < 120 || pages.room() < 70)) {
          closeSegment();
          turn();
          segmentTop = pages.y;
        }
        while (!drawRowPart(cells, rowHeight, pages.room(), done)) {
          closeSegment();
          turn();
          segmentTop = pages.y;
        }
      }
      closeSegment();
    }
  };
}
