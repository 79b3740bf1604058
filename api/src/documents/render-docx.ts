import type { Block, Layout, Run } from "@mingcha/models/documents";
import { Document, type FileChild, ImageRun, Packer, PageBreak, Paragraph } from "docx";
import { corePropertiesXml, fixZipTimes, fontTableXml, watermarkHeaderXml } from "./docx-package.ts";
import { emptyHeader, pageFooter, sectionPage } from "./docx-page.ts";
import { docxTable } from "./docx-table.ts";
import { docxLines, docxParagraph, type TextLook } from "./docx-text.ts";
import { fitBox, noPictureText, noteText, type Picture, page, type RenderOptions, styles } from "./house-style.ts";

const plain = (text: string): Run => ({ text, as: "plain" });
/** docx counts pictures in pixels of 1/96 inch. */
const pxPerMm = 96 / 25.4;

const isPng = (bytes: Uint8Array) => bytes[0] === 0x89 && bytes[1] === 0x50;

/** A framed space of the size the picture would have. */
function emptyFrame(heightMm: number): FileChild {
  const line = { runs: [plain(noPictureText)], align: "center" } as const;
  const cell = { lines: [line], foot: [], label: false, colSpan: 1, rowSpan: 1, small: true } as const;
  return docxTable({ kind: "table", columns: [1], header: [], rows: [{ cells: [cell], minHeightMm: heightMm }] });
}

/** `no`: drawing id, unique within the document; the library would count over the whole process. */
function pictureChildren(
  block: Extract<Block, { kind: "picture" }>,
  picture: Picture | undefined,
  no: number,
): FileChild[] {
  const note = { size: noteText, font: "body" } as const;
  const caption = docxParagraph(block.caption, note, { align: "center" });
  if (!picture) return [emptyFrame(block.heightMm), caption];
  const image = new ImageRun({
    type: isPng(picture.bytes) ? "png" : "jpg",
    data: picture.bytes,
    transformation: fitBox(picture, page.textWidthMm * pxPerMm, block.heightMm * pxPerMm),
    altText: { id: String(no), name: block.id, description: block.caption.map((run) => run.text).join("") },
  });
  return [docxParagraph([], note, { align: "center", keepNext: true, extra: [image] }), caption];
}

function blockChildren(block: Block, no: number, layout: Layout, options: RenderOptions): FileChild[] {
  const style = styles[layout.density];
  const body: TextLook = { size: style.body, font: "body" };
  switch (block.kind) {
    case "heading":
      return [
        docxParagraph([plain(block.text)], { size: style.heading, font: "label" }, { keepNext: true, beforePt: 4 }),
      ];
    case "paragraph":
      return [
        docxParagraph(block.runs, body, { align: block.align, indentPt: block.indent ? 2 * style.body.sizePt : 0 }),
      ];
    case "note":
      return [docxParagraph(block.runs, { size: noteText, font: "body" }, { beforePt: 3 })];
    case "table":
      return [docxTable(block), docxParagraph([], { size: { sizePt: 2, leadingPt: 4 }, font: "body" })];
    case "signature":
      return docxLines(block.lines, body, { keepNext: true, beforePt: 8 });
    case "picture":
      return pictureChildren(block, options.pictures?.get(block.id), no);
    case "page-break":
      return [new Paragraph({ children: [new PageBreak()] })];
  }
}

/** Layout model → .docx that a clerk can go on editing. The same layout and pictures give the same bytes. */
export async function renderDocx(layout: Layout, options: RenderOptions = {}): Promise<Uint8Array> {
  const style = styles[layout.density];
  const head = [
    docxParagraph([layout.authority], { size: style.authority, font: "title" }, { align: "center", keepNext: true }),
    docxParagraph([plain(layout.title)], { size: style.title, font: "title" }, { align: "center", keepNext: true }),
    docxParagraph(layout.numberLine, { size: style.number, font: "body" }, { align: "right", keepNext: true }),
  ];
  const document = new Document({
    title: layout.title,
    creator: "Mingcha",
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: { page: sectionPage },
        headers: { default: emptyHeader(), even: emptyHeader() },
        footers: { default: pageFooter(layout, true), even: pageFooter(layout, false) },
        children: [...head, ...layout.blocks.flatMap((block, i) => blockChildren(block, i + 1, layout, options))],
      },
    ],
  });
  const packed = await Packer.toBuffer(document, undefined, [
    {
      path: "docProps/core.xml",
      data: corePropertiesXml(layout.title, `${layout.documentId} ${layout.templateVersion}`),
    },
    ...["word/header1.xml", "word/header2.xml"].map((path) => ({ path, data: watermarkHeaderXml(layout.watermark) })),
    { path: "word/fontTable.xml", data: fontTableXml() },
  ]);
  return fixZipTimes(new Uint8Array(packed));
}
