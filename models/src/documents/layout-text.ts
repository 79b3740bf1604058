import type { Block, Layout, Line, Row, Run } from "./layout.ts";

const runsText = (runs: readonly Run[]): string => runs.map((run) => run.text).join("");
const linesText = (lines: readonly Line[]): string[] => lines.map((line) => runsText(line.runs));

function rowText(row: Row): string {
  return row.cells.map((cell) => linesText([...cell.lines, ...cell.foot]).join("\n")).join("\t");
}

function blockText(block: Block): string[] {
  switch (block.kind) {
    case "heading":
      return [block.text];
    case "paragraph":
    case "note":
      return [runsText(block.runs)];
    case "table":
      return [...block.header, ...block.rows].map(rowText);
    case "signature":
      return linesText(block.lines);
    case "picture":
      return [runsText(block.caption)];
    case "page-break":
      return [];
  }
}

/** Everything a layout says, as lines of text: for search, for the diff between draft and signed paper, for tests. */
export function layoutText(layout: Layout): string {
  const head = [layout.authority.text, layout.title, runsText(layout.numberLine)];
  return [...head, ...layout.blocks.flatMap(blockText), layout.footer].join("\n");
}

/** All runs of a layout in reading order. */
export function layoutRuns(layout: Layout): Run[] {
  const ofRow = (row: Row) => row.cells.flatMap((cell) => [...cell.lines, ...cell.foot].flatMap((line) => line.runs));
  const ofBlock = (block: Block): readonly Run[] => {
    if (block.kind === "table") return [...block.header, ...block.rows].flatMap(ofRow);
    if (block.kind === "signature") return block.lines.flatMap((line) => line.runs);
    if (block.kind === "picture") return block.caption;
    return "runs" in block ? block.runs : [];
  };
  return [layout.authority, ...layout.numberLine, ...layout.blocks.flatMap(ofBlock)];
}
