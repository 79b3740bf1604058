import type { ObjectFact } from "./facts.ts";

/** By what an object is listed. */
export function nameOf(fact: ObjectFact): string {
  if (fact.kind === "vehicle") return fact.plate;
  return fact.kind === "permit" || fact.kind === "disposal" ? fact.reference : fact.name;
}

export const placeOf = (fact: ObjectFact): string | null =>
  fact.kind === "vehicle" || fact.kind === "disposal" ? null : fact.place;

/**
 * No two open objects of a kind have the same key: a shop is its name at its place, a vehicle its plate, a permit its approval at its place; sites and
 * tipping sites are their names and disposal permits their references, by which sheets of trucks call them.
 */
export function keyOf(fact: ObjectFact): string {
  if (fact.kind === "vehicle") return fact.plate;
  if (fact.kind === "site" || fact.kind === "tipping") return fact.name;
  if (fact.kind === "disposal") return fact.reference;
  return fact.kind === "shop" ? `${fact.name}\n${fact.place}` : `${fact.reference}\n${fact.place}`;
}

function searchedOf(fact: ObjectFact): (string | null)[] {
  switch (fact.kind) {
    case "shop":
      return [fact.name, fact.creditCode, fact.place, fact.address, ...fact.pledges.map(({ reference }) => reference)];
    case "vehicle":
      return [fact.plate, fact.carrier, fact.permitNo];
    case "permit":
      return [fact.reference, fact.place];
    case "site":
      return [fact.name, fact.place, fact.builder, fact.contractor];
    case "tipping":
      return [fact.name, fact.place, fact.operatingUnit];
    case "disposal":
      return [fact.reference, fact.site, fact.carrier, ...fact.tippingSites];
  }
}

/** What a search goes through, small letters; neither telephone nor operator: who looks for a person does it elsewhere. */
export function searchOf(fact: ObjectFact): string {
  const parts = searchedOf(fact);
  return parts
    .flatMap((part) => part ?? [])
    .join("\n")
    .toLowerCase();
}

/** Every single character and every pair of neighbours, once: the index entries of a text. Lines are apart. */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const line of text.toLowerCase().split(/[\n\s]+/)) {
    const characters = [...line];
    characters.forEach((character, nth) => {
      grams.add(character);
      const next = characters[nth + 1];
      if (next !== undefined) grams.add(character + next);
    });
  }
  return [...grams];
}

/** What an object must have among its grams to contain a text at all: pairs where there are some, single characters else. */
export function gramsToFind(text: string): string[] {
  const grams = gramsOf(text);
  const words = new Set(text.toLowerCase().split(/\s+/));
  return grams.filter((gram) => [...gram].length === 2 || words.has(gram));
}
