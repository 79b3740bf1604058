import type { Align, Line, Run } from "@mingcha/models/documents";
import { AlignmentType, type IParagraphOptions, LineRuleType, Paragraph, type ParagraphChild, TextRun } from "docx";
import { docxFonts } from "./fonts.ts";
import { colors, type TextSize } from "./house-style.ts";

export type DocxFont = keyof typeof docxFonts;

const alignments = { left: AlignmentType.BOTH, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;
const hex = (color: string) => color.slice(1);
export const twips = (pt: number) => Math.round(pt * 20);

/** Chinese in the named font, Latin letters and digits in Times New Roman. */
export function fontOf(name: DocxFont) {
  return {
    ascii: docxFonts.latin.name,
    hAnsi: docxFonts.latin.name,
    cs: docxFonts.latin.name,
    eastAsia: docxFonts[name].name,
  };
}

export interface TextLook {
  readonly size: TextSize;
  readonly font: DocxFont;
}

function docxRuns(run: Run, { size, font }: TextLook): TextRun[] {
  const base = {
    font: fontOf(run.as === "strong" ? "label" : font),
    size: Math.round(size.sizePt * 2),
    language: { eastAsia: "zh-CN" },
  };
  const look =
    run.as === "missing"
      ? { color: hex(colors.missing), shading: { fill: hex(colors.missingFill) } }
      : run.as === "unverified"
        ? { color: hex(colors.unverified), bold: true }
        : run.as === "slot"
          ? { underline: {} }
          : {};
  return run.text.split("\n").map((text, i) => new TextRun({ ...base, ...look, text, ...(i > 0 ? { break: 1 } : {}) }));
}

type ParagraphOptions = Pick<IParagraphOptions, "keepNext" | "keepLines"> & {
  readonly align?: Align;
  readonly indentPt?: number;
  readonly beforePt?: number;
  readonly extra?: readonly ParagraphChild[];
};

/** One paragraph of runs with a fixed distance of base lines; Latin words (hashes) may be divided at the margin. */
export function docxParagraph(runs: readonly Run[], look: TextLook, options: ParagraphOptions = {}): Paragraph {
  const { align = "left", indentPt = 0, beforePt = 0, extra = [], ...keep } = options;
  return new Paragraph({
    ...keep,
    alignment: alignments[align],
    indent: { firstLine: twips(indentPt) },
    spacing: { line: twips(look.size.leadingPt), lineRule: LineRuleType.AT_LEAST, before: twips(beforePt), after: 0 },
    wordWrap: true,
    run: { size: Math.round(look.size.sizePt * 2) },
    children: [...extra, ...runs.flatMap((run) => docxRuns(run, look))],
  });
}

export const docxLines = (lines: readonly Line[], look: TextLook, options: ParagraphOptions = {}): Paragraph[] =>
  lines.map((line, i) =>
    docxParagraph(line.runs, look, { ...options, align: line.align, beforePt: i === 0 ? (options.beforePt ?? 0) : 0 }),
  );
