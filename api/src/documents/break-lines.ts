import type { Run, RunKind } from "@mingcha/models/documents";

/** A piece that is never divided: one Chinese character, one Latin word, one blank or slot. */
export interface Atom {
  readonly text: string;
  readonly as: RunKind;
  readonly width: number;
}
export interface BrokenLine {
  readonly atoms: readonly Atom[];
  readonly width: number;
  /** Ends a paragraph or stands before a line feed: not to be justified. */
  readonly last: boolean;
}
export type Measure = (text: string, as: RunKind) => number;

/** 避头: may not begin a line · 避尾: may not end one (GB/T 15834). */
const neverFirst = new Set("，。、；：？！）》」』】〕”’％％…—·,.;:!?)]}%");
const neverLast = new Set("（《「『【〔“‘([{¥￥");
const pieces = /\n|[ \u00a0]+|[\w.,:;/+\-@%#&=~'"!?]+|./gsu;

function toAtoms(runs: readonly Run[], width: number, measure: Measure): Atom[] {
  return runs.flatMap((run) => {
    const whole = measure(run.text, run.as);
    if ((run.as === "missing" || run.as === "slot") && whole <= width)
      return [{ text: run.text, as: run.as, width: whole }];
    return (run.text.match(pieces) ?? []).flatMap((text) => {
      const atom = { text, as: run.as, width: text === "\n" ? 0 : measure(text, run.as) };
      if (atom.width <= width) return [atom];
      return [...text].map((char) => ({ text: char, as: run.as, width: measure(char, run.as) }));
    });
  });
}

const isSpace = (atom: Atom) => /^[ \u00a0]+$/.test(atom.text) && atom.as !== "slot";
const startsBadly = (atom: Atom | undefined) => atom !== undefined && neverFirst.has(atom.text.charAt(0));
const endsBadly = (atom: Atom | undefined) => atom !== undefined && neverLast.has(atom.text.slice(-1));

/**
 * Breaks runs into lines of at most `width`, by Chinese rules: between any two characters, not before closing and not
 * behind opening punctuation, Latin words whole unless longer than a line (a SHA-256 is divided anywhere).
 * `firstIndent` narrows the first line. Pure; widths in the unit of `measure`.
 */
export function breakLines(runs: readonly Run[], width: number, measure: Measure, firstIndent = 0): BrokenLine[] {
  const lines: BrokenLine[] = [];
  let current: Atom[] = [];
  let used = firstIndent;

  const sum = (atoms: readonly Atom[]) => atoms.reduce((total, atom) => total + atom.width, 0);
  const close = (last: boolean) => {
    let end = current.length;
    while (end > 0 && isSpace(current[end - 1] as Atom)) end--;
    const atoms = current.slice(0, end);
    lines.push({ atoms, width: sum(atoms), last });
    current = [];
    used = 0;
  };

  for (const atom of toAtoms(runs, width - firstIndent, measure)) {
    if (atom.text === "\n") {
      close(true);
      continue;
    }
    if (used + atom.width > width + 0.01 && current.length > 0 && !isSpace(atom)) {
      const carried: Atom[] = [];
      let next: Atom | undefined = atom;
      while (current.length > 1 && carried.length < 4 && (startsBadly(next) || endsBadly(current.at(-1)))) {
        next = current.pop();
        if (next) carried.unshift(next);
      }
      close(false);
      current = carried;
      used = sum(carried);
    }
    if (current.length === 0 && lines.length > 0 && isSpace(atom)) continue;
    current.push(atom);
    used += atom.width;
  }
  close(true);
  return lines;
}
