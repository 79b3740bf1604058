import { type FieldId, fieldLabels } from "./field-labels.ts";
import { plain, type Run } from "./layout.ts";

/** What the paper prints where a fact is missing. */
export const blankText = "＿＿＿＿（待填）";

export interface MissingFact {
  /** Field id, with the place in its list from 1 where there are several: `evidence.sha256#3`. */
  readonly field: string;
  readonly labelZh: string;
  readonly labelEn: string;
}

/** Turns facts into runs and remembers which were missing. One filler per built document. */
export interface Filler {
  /** The printed fact, or the visible blank when it is null, undefined or white space. `no` is its place in a list, from 1. */
  value<T>(field: FieldId, fact: T | null | undefined, print?: (fact: T) => string, no?: number): Run;
  /** The visible blank itself. */
  blank(field: FieldId, no?: number): Run;
  missing(): MissingFact[];
}

export function createFiller(): Filler {
  const missing = new Map<string, MissingFact>();

  function blank(field: FieldId, no?: number): Run {
    const { zh, en } = fieldLabels[field];
    const id = no === undefined ? field : `${field}#${no}`;
    missing.set(id, {
      field: id,
      labelZh: no === undefined ? zh : `${zh}（${no}）`,
      labelEn: no === undefined ? en : `${en} (${no})`,
    });
    return { text: blankText, as: "missing" };
  }

  return {
    blank,
    value(field, fact, print = String, no) {
      if (fact === null || fact === undefined) return blank(field, no);
      const text = print(fact).trim();
      return text === "" ? blank(field, no) : plain(text);
    },
    missing: () => [...missing.values()],
  };
}
