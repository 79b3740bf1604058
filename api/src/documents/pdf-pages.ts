import type { Layout } from "@mingcha/models/documents";
import { colors, footText, page, pageNumberText, ptPerMm } from "./house-style.ts";

export const leftPt = page.leftMm * ptPerMm;
export const topPt = page.topMm * ptPerMm;
export const textWidthPt = page.textWidthMm * ptPerMm;
export const bottomPt = (page.topMm + page.textHeightMm) * ptPerMm;

/** The sheet: where the next block goes, and a new page when it does not fit. */
export interface Pages {
  y: number;
  room(): number;
  breakPage(): void;
  /** Starts a new page unless `heightPt` fits or the page is still empty. */
  keep(heightPt: number): void;
}

function drawWatermark(doc: PDFKit.PDFDocument, text: string) {
  const [cx, cy] = [(page.widthMm * ptPerMm) / 2, (page.heightMm * ptPerMm) / 2];
  doc
    .save()
    .rotate(-45, { origin: [cx, cy] })
    .font("bold")
    .fontSize(140)
    .fillColor(colors.watermark);
  const width = doc.widthOfString(text);
  doc.text(text, cx - width / 2, cy + 50, { lineBreak: false, baseline: "alphabetic" });
  doc.restore();
}

export function createPages(doc: PDFKit.PDFDocument, watermark: string | null): Pages {
  const pages: Pages = {
    y: topPt,
    room: () => bottomPt - pages.y,
    breakPage() {
      doc.addPage();
      if (watermark !== null) drawWatermark(doc, watermark);
      pages.y = topPt;
    },
    keep(heightPt) {
      if (heightPt > pages.room() && pages.y > topPt) pages.breakPage();
    },
  };
  pages.breakPage();
  return pages;
}

/** Page numbers as GB/T 9704 has them: `— 1 —`, odd pages right, even pages left; the template is named on the other side. */
export function drawFeet(doc: PDFKit.PDFDocument, layout: Layout) {
  const { start, count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i);
    const odd = i % 2 === 0;
    const y = bottomPt + 7 * ptPerMm + pageNumberText.sizePt;
    const right = (text: string) => leftPt + textWidthPt - doc.widthOfString(text);
    const number = `— ${i + 1} —`;
    doc.font("regular").fontSize(pageNumberText.sizePt).fillColor(colors.text);
    const inset = pageNumberText.sizePt;
    doc.text(number, odd ? right(number) - inset : leftPt + inset, y, { lineBreak: false, baseline: "alphabetic" });
    const foot = `${layout.footer} · 共${count}页`;
    doc.fontSize(footText.sizePt).fillColor(colors.quiet);
    doc.text(foot, odd ? leftPt : right(foot), y, { lineBreak: false, baseline: "alphabetic" });
  }
}
