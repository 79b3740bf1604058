/**
 * The layout model: what a paper says and how it is divided, without fonts or page breaks. The mapping of every
 * document ends here; the renderers of `api` (DOCX, PDF) and the preview of `review-ui` begin here.
 */

/**
 * How a run of text is meant.
 * `missing`: a fact the case does not have, a visible blank · `unverified`: mark on a provision no lawyer has verified
 * (guard G-21) · `slot`: empty on purpose, filled by hand or at sealing (signature, date, number).
 */
export type RunKind = "plain" | "strong" | "missing" | "unverified" | "slot";
export interface Run {
  readonly text: string;
  readonly as: RunKind;
}

export type Align = "left" | "center" | "right";
export interface Line {
  readonly runs: readonly Run[];
  readonly align: Align;
}

export interface Cell {
  readonly lines: readonly Line[];
  /** Signature lines held at the bottom of the cell. */
  readonly foot: readonly Line[];
  /** A label cell is set centred and bold. */
  readonly label: boolean;
  readonly colSpan: number;
  readonly rowSpan: number;
  /** Small print, for hashes and long technical values. */
  readonly small: boolean;
}

/** Cells in reading order; a place covered by a `rowSpan` from above is left out, as in HTML. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly minHeightMm: number;
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly runs: readonly Run[]; readonly indent: boolean; readonly align: Align }
  | { readonly kind: "note"; readonly runs: readonly Run[] }
  /** `columns` are shares of the text width; `header` rows are repeated on every page. */
  | {
      readonly kind: "table";
      readonly columns: readonly number[];
      readonly header: readonly Row[];
      readonly rows: readonly Row[];
    }
  /** Kept on one page: place of the seal, date, signatures. */
  | { readonly kind: "signature"; readonly lines: readonly Line[] }
  /** A place for a picture that the renderer gets by id; without one a framed, labelled space is drawn. */
  | { readonly kind: "picture"; readonly id: string; readonly caption: readonly Run[]; readonly heightMm: number }
  | { readonly kind: "page-break" };

export interface Layout {
  readonly documentId: string;
  readonly templateVersion: string;
  /** Name of the authority, printed above the title. */
  readonly authority: Run;
  readonly title: string;
  readonly numberLine: readonly Run[];
  /** `letter`: 3号 body as GB/T 9704; `form`: smaller, for tables. */
  readonly density: "letter" | "form";
  readonly blocks: readonly Block[];
  /** Left part of the page foot; the renderer adds the page number. */
  readonly footer: string;
  readonly watermark: string | null;
}

/** Drops what may hide or reorder text on paper: control characters and bidirectional overrides. Line feeds stay. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu, (c) =>
      c === "\n" ? c : "",
    );
}

export const plain = (text: string): Run => ({ text: cleanText(text), as: "plain" });
export const strong = (text: string): Run => ({ text: cleanText(text), as: "strong" });
export const slot = (text: string): Run => ({ text, as: "slot" });

export const line = (runs: readonly Run[], align: Align = "left"): Line => ({ runs, align });

type CellOptions = Partial<Pick<Cell, "colSpan" | "rowSpan" | "small" | "foot">> & { align?: Align };

/** A value cell; each argument of `lines` is one line of runs. */
export function cell(lines: readonly (readonly Run[])[], options: CellOptions = {}): Cell {
  const { colSpan = 1, rowSpan = 1, small = false, foot = [], align = "left" } = options;
  return { lines: lines.map((runs) => line(runs, align)), foot, label: false, colSpan, rowSpan, small };
}

export function label(text: string, options: CellOptions = {}): Cell {
  return { ...cell([[strong(text)]], { align: "center", ...options }), label: true };
}

export const row = (cells: readonly Cell[], minHeightMm = 9): Row => ({ cells, minHeightMm });

export const paragraph = (runs: readonly Run[], align: Align = "left"): Block => ({
  kind: "paragraph",
  runs,
  indent: align === "left",
  align,
});
export const heading = (text: string): Block => ({ kind: "heading", text });
export const note = (text: string): Block => ({ kind: "note", runs: [plain(text)] });
