/** A flat document as a text that does not depend on the order of its fields: a database keeps them in its own. */
export const canonicalText = (document: unknown): string =>
  JSON.stringify(Object.entries(document as object).sort(([a], [b]) => (a < b ? -1 : 1)));
