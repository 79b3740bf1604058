/** One character, how certain it is, and what else it may be; probabilities 0..1. */
export type ReadCharacter = {
  char: string;
  confidence: number;
  alternatives: readonly { char: string; confidence: number }[];
};

/** Others below this are not worth a reviewer's look. */
const alternativeFrom = 0.02;
const alternativesMax = 3;

/**
 * Characters of a reader's columns, left to right. `columns` is Float32Array [steps, 1 + charset], each row probabilities that sum to one,
 * class 0 the blank between characters. Columns whose likeliest class is not the blank and that touch one another are one character: the
 * one with the most of them, as certain as its share of all that is not blank there. (Plain CTC decoding, Graves et al., ICML 2006, §3.2,
 * would make two of a character that two columns take for different ones; the reader is trained with a blank between any two.)
 */
export function decodeCharacters(columns: Float32Array, charset: readonly string[]): ReadCharacter[] {
  const width = charset.length + 1;
  const characters: ReadCharacter[] = [];
  let shares: Float64Array | undefined;
  for (let at = 0; at + width <= columns.length; at += width) {
    const row = columns.subarray(at, at + width);
    if (isBlank(row)) {
      if (shares !== undefined) characters.push(pick(shares, charset));
      shares = undefined;
      continue;
    }
    shares ??= new Float64Array(charset.length);
    for (let k = 1; k < width; k++) shares[k - 1] = (shares[k - 1] as number) + (row[k] as number);
  }
  if (shares !== undefined) characters.push(pick(shares, charset));
  return characters;
}

const isBlank = (row: Float32Array): boolean => row.every((share) => share <= (row[0] as number));

function pick(shares: Float64Array, charset: readonly string[]): ReadCharacter {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const [best, ...others] = charset
    .map((char, k) => ({ char, confidence: (shares[k] as number) / total }))
    .sort((a, b) => b.confidence - a.confidence);
  return {
    char: best?.char ?? "",
    confidence: Math.min(1, best?.confidence ?? 0),
    alternatives: others.filter(({ confidence }) => confidence >= alternativeFrom).slice(0, alternativesMax),
  };
}
