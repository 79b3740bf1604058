import type { Block, Cell, Row } from "@mingcha/models/documents";
import {
  BorderStyle,
  HeightRule,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from "docx";
import { docxLines, type TextLook, twips } from "./docx-text.ts";
import { cellPadPt, cellText, page, ptPerMm, smallText } from "./house-style.ts";
import { placeCells } from "./place-cells.ts";

type TableBlock = Extract<Block, { kind: "table" }>;

const border = { style: BorderStyle.SINGLE, size: 4, color: "000000" } as const;
const borders = { top: border, bottom: border, left: border, right: border } as const;

function lookOf(cell: Cell): TextLook {
  return { size: cell.small ? smallText : cellText, font: cell.label ? "label" : "body" };
}

/** Word cannot hang text on the bottom of a cell that also has text on top: the foot is pushed down by what the row has left. */
function footGapPt(cell: Cell, row: Row): number {
  const { leadingPt } = lookOf(cell).size;
  return Math.max(4, row.minHeightMm * ptPerMm - (cell.lines.length + cell.foot.length) * leadingPt - 2 * cellPadPt.y);
}

function docxCell(cell: Cell, row: Row, widthPt: number, keepNext: boolean): TableCell {
  const look = lookOf(cell);
  return new TableCell({
    children: [
      ...docxLines(cell.lines, look, { keepNext }),
      ...docxLines(cell.foot, look, { beforePt: footGapPt(cell, row) }),
    ],
    columnSpan: cell.colSpan,
    rowSpan: cell.rowSpan,
    width: { size: twips(widthPt), type: WidthType.DXA },
    verticalAlign: cell.foot.length > 0 ? VerticalAlignTable.TOP : VerticalAlignTable.CENTER,
    margins: {
      left: twips(cellPadPt.x),
      right: twips(cellPadPt.x),
      top: twips(cellPadPt.y),
      bottom: twips(cellPadPt.y),
    },
    borders,
  });
}

/** Table block → Word table of fixed columns: repeated head rows, groups tied by a spanning cell stay on one page. */
export function docxTable(block: TableBlock): Table {
  const total = block.columns.reduce((a, b) => a + b, 0);
  const widths = block.columns.map((share) => (share / total) * page.textWidthMm * ptPerMm);

  const rowsOf = (rows: readonly Row[], header: boolean): TableRow[] => {
    const { placed, groups } = placeCells(rows, widths.length);
    return rows.map((row, r) => {
      const inGroup = groups.some((group) => r >= group.from && r < group.to - 1);
      const keepNext = header || inGroup;
      const hasFoot = row.cells.some((cell) => cell.foot.length > 0);
      const cells = placed.filter((item) => item.row === r);
      return new TableRow({
        children: cells.map(({ cell, column }) => {
          const width = widths.slice(column, column + cell.colSpan).reduce((a, b) => a + b, 0);
          return docxCell(cell, row, width, keepNext);
        }),
        tableHeader: header,
        cantSplit: header || hasFoot || inGroup || row.cells.every((cell) => cell.lines.length < 4),
        height: { value: twips(row.minHeightMm * ptPerMm), rule: HeightRule.ATLEAST },
      });
    });
  };

  return new Table({
    rows: [...rowsOf(block.header, true), ...rowsOf(block.rows, false)],
    columnWidths: widths.map(twips),
    width: { size: twips(page.textWidthMm * ptPerMm), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    borders: { ...borders, insideHorizontal: border, insideVertical: border },
  });
}
