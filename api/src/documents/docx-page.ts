import type { Layout } from "@mingcha/models/documents";
import { Footer, Header, PageNumber, Paragraph, type ParagraphChild, TabStopType, TextRun } from "docx";
import { fontOf, twips } from "./docx-text.ts";
import { colors, footText, margins, page, pageNumberText, ptPerMm } from "./house-style.ts";

const mm = (value: number) => twips(value * ptPerMm);

/** Section of A4 with the margins of the house. */
export const sectionPage = {
  size: { width: mm(page.widthMm), height: mm(page.heightMm) },
  margin: {
    top: mm(page.topMm),
    bottom: mm(margins.bottomMm),
    left: mm(page.leftMm),
    right: mm(margins.rightMm),
    header: mm(15),
    footer: mm(margins.bottomMm - 7 - 7),
  },
} as const;

/** Place of the header; its content is written by {@link watermarkHeaderXml}. */
export const emptyHeader = (): Header => new Header({ children: [new Paragraph({})] });

/** Page number `— 1 —` on the outer side, the template on the inner one. */
export function pageFooter(layout: Layout, odd: boolean): Footer {
  const number = new TextRun({
    children: ["— ", PageNumber.CURRENT, " —"],
    font: fontOf("body"),
    size: pageNumberText.sizePt * 2,
  });
  const small = { font: fontOf("body"), size: footText.sizePt * 2, color: colors.quiet.slice(1) };
  const name = new TextRun({ ...small, children: [`${layout.footer} · 共`, PageNumber.TOTAL_PAGES, "页"] });
  const tab = new TextRun({ text: "\t" });
  const children: ParagraphChild[] = odd ? [name, tab, number] : [number, tab, name];
  const inset = pageNumberText.sizePt;
  return new Footer({
    children: [
      new Paragraph({
        children,
        indent: odd ? {} : { left: twips(inset) },
        tabStops: [{ type: TabStopType.RIGHT, position: mm(page.textWidthMm) - (odd ? twips(inset) : 0) }],
      }),
    ],
  });
}
