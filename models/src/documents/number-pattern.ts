import { plain, type Run, slot } from "./layout.ts";

/**
 * How a bureau writes document numbers (domain F). Default follows GB/T 9704: year in 〔〕, no 第, no leading zeros;
 * the sample 浦城管罚决字〔2024〕第000001号 is `{ withDi: true, padTo: 6 }`.
 */
export interface NumberPattern {
  readonly pattern: string;
  readonly withDi: boolean;
  readonly padTo: number;
}

export const defaultNumberPattern: NumberPattern = {
  pattern: "{区简}{机关代字}{文种}〔{yyyy}〕{第?}{seq:pad}号",
  withDi: false,
  padTo: 0,
};

export interface NumberParts {
  /** 区简, e.g. 浦 */
  readonly areaShort: string | null;
  /** 机关代字, e.g. 城管 */
  readonly authorityCode: string | null;
  /** 文种, e.g. 罚告字 */
  readonly kindWord: string;
  /** Both null until the number is allocated, which happens only at sealing. */
  readonly year: number | null;
  readonly seq: number | null;
}

const token = /\{[^}]+\}/g;

/** The number line as runs: what is not known yet is an empty slot. Throws on a token the pattern does not know. */
export function numberRuns(parts: NumberParts, config: NumberPattern = defaultNumberPattern): Run[] {
  const empty = (width: number) => slot("　".repeat(width));
  const known: Record<string, () => Run> = {
    "{区简}": () => (parts.areaShort ? plain(parts.areaShort) : empty(1)),
    "{机关代字}": () => (parts.authorityCode ? plain(parts.authorityCode) : empty(2)),
    "{文种}": () => plain(parts.kindWord),
    "{yyyy}": () => (parts.year === null ? empty(2) : plain(String(parts.year))),
    "{第?}": () => plain(config.withDi ? "第" : ""),
    "{seq:pad}": () => (parts.seq === null ? empty(3) : plain(String(parts.seq).padStart(config.padTo, "0"))),
  };
  const runs: Run[] = [];
  let from = 0;
  for (const match of config.pattern.matchAll(token)) {
    const make = known[match[0]];
    if (!make) throw new RangeError(`Unknown token in number pattern: ${match[0]}`);
    runs.push(plain(config.pattern.slice(from, match.index)), make());
    from = match.index + match[0].length;
  }
  runs.push(plain(config.pattern.slice(from)));
  return runs.filter((run) => run.text !== "");
}

/** The finished number as text, e.g. `浦城管罚告字〔2026〕12号`; an unallocated part is a blank of full-width spaces. */
export function formatDocumentNumber(parts: NumberParts, config: NumberPattern = defaultNumberPattern): string {
  return numberRuns(parts, config)
    .map((run) => run.text)
    .join("");
}
