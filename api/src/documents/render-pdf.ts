import type { Block, Layout, Run } from "@mingcha/models/documents";
import PDFDocument from "pdfkit";
import { fontBytes } from "./fonts.ts";
import {
  fitBox,
  fixedDate,
  noPictureText,
  noteText,
  ptPerMm,
  type RenderOptions,
  styles,
  type TextSize,
} from "./house-style.ts";
import { createPages, drawFeet, leftPt, type Pages, textWidthPt } from "./pdf-pages.ts";
import { createTableDrawer } from "./pdf-table.ts";
import { createPdfText, type PdfText } from "./pdf-text.ts";

const plain = (text: string): Run => ({ text, as: "plain" });
const gapPt = 8;

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on("error", reject);
  });
}

/** pdfkit keeps the parsed font private; whether it has a glyph can only be asked there. */
function glyphTest(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
  doc.font("regular");
  const inner = doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } };
  const { font } = inner._font;
  return (code) => font.hasGlyphForCodePoint(code);
}

function createFlow(doc: PDFKit.PDFDocument, pages: Pages, text: PdfText) {
  /** Text over the page width, broken over pages line by line; `keepPt` of room is asked for behind the first line. */
  function flow(
    runs: readonly Run[],
    size: TextSize,
    options: { bold?: boolean; indent?: boolean; align?: "left" | "center" | "right"; keepPt?: number } = {},
  ) {
    const { bold = false, indent = false, align = "left", keepPt = 0 } = options;
    const laid = text.lay(runs, { size, width: textWidthPt, bold, indentPt: indent ? 2 * size.sizePt : 0 });
    laid.lines.forEach((_, i) => {
      const together = i === 0 || i === laid.lines.length - 2 ? Math.min(2, laid.lines.length - i) : 1; // no lone first or last line
      pages.keep(together * size.leadingPt + keepPt);
      pages.y = text.draw(laid, leftPt, pages.y, textWidthPt, align, i, i + 1);
    });
  }

  function signature(block: Extract<Block, { kind: "signature" }>, size: TextSize) {
    const laid = block.lines.map((line) => text.lay(line.runs, { size, width: textWidthPt }));
    pages.keep(laid.reduce((sum, item) => sum + text.heightOf(item) + 4, gapPt));
    pages.y += gapPt;
    laid.forEach((item, i) => {
      pages.y = text.draw(item, leftPt, pages.y, textWidthPt, block.lines[i]?.align) + 4;
    });
  }

  function picture(block: Extract<Block, { kind: "picture" }>, { pictures }: RenderOptions) {
    const height = block.heightMm * ptPerMm;
    const caption = text.lay(block.caption, { size: noteText, width: textWidthPt });
    pages.keep(height + text.heightOf(caption) + gapPt);
    const found = pictures?.get(block.id);
    if (found) {
      const box = fitBox(found, textWidthPt, height);
      doc.image(Buffer.from(found.bytes), leftPt + (textWidthPt - box.width) / 2, pages.y, box);
      pages.y += box.height;
    } else {
      doc.rect(leftPt, pages.y, textWidthPt, height).lineWidth(0.5).dash(3, {}).stroke().undash();
      const empty = text.lay([plain(noPictureText)], { size: noteText, width: textWidthPt });
      text.draw(empty, leftPt, pages.y + height / 2 - noteText.leadingPt / 2, textWidthPt, "center");
      pages.y += height;
    }
    pages.y = text.draw(caption, leftPt, pages.y + 2, textWidthPt, "center") + gapPt;
  }

  return { flow, signature, picture };
}

/** Layout model → PDF of A4 pages with embedded font subsets. The same layout and pictures give the same bytes. */
export async function renderPdf(layout: Layout, options: RenderOptions = {}): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: "A4",
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: "1.7",
    lang: "zh-CN",
    displayTitle: true,
    info: {
      Title: layout.title,
      Subject: `${layout.documentId} ${layout.templateVersion}`,
      Creator: "Mingcha",
      Producer: "Mingcha",
      CreationDate: fixedDate,
      ModDate: fixedDate,
    },
  });
  const bytes = collect(doc);
  doc.registerFont("regular", fontBytes("regular"));
  doc.registerFont("bold", fontBytes("bold"));
  const text = createPdfText(doc, glyphTest(doc));
  const pages = createPages(doc, layout.watermark);
  const { flow, signature, picture } = createFlow(doc, pages, text);
  const drawTable = createTableDrawer(doc, pages, text);
  const style = styles[layout.density];

  flow([layout.authority], style.authority, { align: "center", bold: true });
  flow([plain(layout.title)], style.title, { align: "center", bold: true });
  flow(layout.numberLine, style.number, { align: "right" });
  pages.y += gapPt / 2;
  for (const block of layout.blocks) {
    if (block.kind === "heading") {
      pages.y += gapPt / 2;
      flow([plain(block.text)], style.heading, { bold: true, keepPt: 70 });
    } else if (block.kind === "paragraph") flow(block.runs, style.body, { indent: block.indent, align: block.align });
    else if (block.kind === "note") {
      pages.y += 3;
      flow(block.runs, noteText);
    } else if (block.kind === "table") {
      drawTable(block);
      pages.y += gapPt / 2;
    } else if (block.kind === "signature") signature(block, style.body);
    else if (block.kind === "picture") picture(block, options);
    else pages.breakPage();
  }
  drawFeet(doc, layout);
  doc.end();
  return bytes;
}
