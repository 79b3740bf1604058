import type { Align, Run, RunKind } from "@mingcha/models/documents";
import { type Atom, type BrokenLine, breakLines } from "./break-lines.ts";
import type { FontName } from "./fonts.ts";
import { colors, type TextSize } from "./house-style.ts";

export interface TextOptions {
  readonly size: TextSize;
  readonly width: number;
  readonly bold?: boolean;
  readonly indentPt?: number;
}
export interface LaidText {
  readonly lines: readonly BrokenLine[];
  readonly size: TextSize;
  readonly bold: boolean;
  readonly indentPt: number;
}

const boldKinds = new Set<RunKind>(["strong", "unverified"]);

/** Measures and draws runs; all coordinates in points from the top left of the page. */
export function createPdfText(doc: PDFKit.PDFDocument, hasGlyph: (codePoint: number) => boolean) {
  const widths = new Map<string, number>();

  const fontOf = (as: RunKind, bold: boolean): FontName => (bold || boldKinds.has(as) ? "bold" : "regular");

  function charWidth(char: string, font: FontName, sizePt: number): number {
    const key = `${font}${char}`;
    let em = widths.get(key);
    if (em === undefined) {
      em = doc.font(font).fontSize(100).widthOfString(char) / 100;
      widths.set(key, em);
    }
    return em * sizePt;
  }

  function textWidth(text: string, font: FontName, sizePt: number): number {
    let total = 0;
    for (const char of text) total += charWidth(char, font, sizePt);
    return total;
  }

  /** A character the font lacks is printed as 〓 with its code point, never as an empty box or nothing. */
  function printable(text: string): string {
    let out = "";
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0;
      out += char === "\n" || hasGlyph(code) ? char : `〓[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
    }
    return out;
  }

  function lay(runs: readonly Run[], { size, width, bold = false, indentPt = 0 }: TextOptions): LaidText {
    const safe = runs.map((run) => ({ ...run, text: printable(run.text) }));
    const measure = (text: string, as: RunKind) => textWidth(text, fontOf(as, bold), size.sizePt);
    return { lines: breakLines(safe, width, measure, indentPt), size, bold, indentPt };
  }

  const heightOf = (laid: LaidText): number => laid.lines.length * laid.size.leadingPt;

  function drawFragment(
    text: string,
    as: RunKind,
    x: number,
    baseline: number,
    width: number,
    laid: LaidText,
    spacing: number,
  ) {
    const { sizePt } = laid.size;
    if (as === "missing") {
      doc.rect(x, baseline - sizePt * 0.92, width, sizePt * 1.2).fill(colors.missingFill);
    }
    if (as === "slot") {
      doc
        .moveTo(x, baseline + sizePt * 0.16)
        .lineTo(x + width, baseline + sizePt * 0.16)
        .lineWidth(0.5)
        .stroke(colors.text);
    }
    if (text.trim() === "") return;
    const color = as === "missing" ? colors.missing : as === "unverified" ? colors.unverified : colors.text;
    doc.font(fontOf(as, laid.bold)).fontSize(sizePt).fillColor(color);
    doc.text(text, x, baseline, { lineBreak: false, baseline: "alphabetic", characterSpacing: spacing });
  }

  /** Draws one line; neighbouring atoms of one kind become one fragment so that the text can be copied. */
  function drawLine(
    line: BrokenLine,
    x0: number,
    top: number,
    width: number,
    align: Align,
    laid: LaidText,
    justify: boolean,
  ) {
    const slack = width - line.width;
    const chars = line.atoms.reduce((n, atom) => n + [...atom.text].length, 0);
    const spread = justify && !line.last && chars > 1 && slack > 0;
    const wanted = spread ? slack / (chars - 1) : 0;
    const spacing = wanted <= laid.size.sizePt * 0.12 ? wanted : 0;
    let x = x0 + (align === "center" ? slack / 2 : align === "right" ? slack : 0);
    const baseline = top + laid.size.leadingPt / 2 + laid.size.sizePt * 0.36;
    let i = 0;
    while (i < line.atoms.length) {
      const { as } = line.atoms[i] as Atom;
      let text = "";
      let fragmentWidth = 0;
      while (i < line.atoms.length && line.atoms[i]?.as === as) {
        const atom = line.atoms[i++] as Atom;
        text += atom.text;
        fragmentWidth += atom.width + spacing * [...atom.text].length;
      }
      drawFragment(text, as, x, baseline, fragmentWidth, laid, spacing);
      x += fragmentWidth;
    }
  }

  /** Draws lines `from`..`to` of a laid text below `top`; returns the new top. */
  function draw(
    laid: LaidText,
    x: number,
    top: number,
    width: number,
    align: Align = "left",
    from = 0,
    to = laid.lines.length,
  ): number {
    let y = top;
    for (let i = from; i < to; i++) {
      const line = laid.lines[i];
      if (!line) break;
      const indent = i === 0 ? laid.indentPt : 0;
      drawLine(line, x + indent, y, width - indent, align, laid, align === "left");
      y += laid.size.leadingPt;
    }
    return y;
  }

  return { lay, draw, heightOf };
}
export type PdfText = ReturnType<typeof createPdfText>;
