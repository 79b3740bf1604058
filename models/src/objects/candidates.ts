import type { AttributeReading } from "../attributes/reading.ts";
import type { Text } from "../violations/define.ts";
import { isPlate, normalizePlate } from "./plate.ts";

/** Texts of a place that a shop may be entered under: the place itself, and what stands before each blank of it ("示例路12号" of "示例路12号 门前"). */
export function placesAround(place: string): string[] {
  const words = place.trim().split(/\s+/);
  return words.map((_, nth) => words.slice(0, nth + 1).join(" ")).reverse();
}

export type PlaceReason = { code: "place" | "place_within"; text: Text };

/** Why a shop is a candidate for a record. */
export function placeReason(objectPlace: string, cluePlace: string): PlaceReason {
  return objectPlace === cluePlace.trim().replace(/\s+/g, " ")
    ? { code: "place", text: { zh: "登记地点与记录地点相同", en: "entered at the same place as the record" } }
    : {
        code: "place_within",
        text: {
          zh: `登记地点“${objectPlace}”包含记录地点`,
          en: `the record's place lies within its place "${objectPlace}"`,
        },
      };
}

/** A plate that a reading suggests: exactly what was read, or one with characters that the reader also thought of. */
export type PlateSuggestion = { plate: string; read: string; changed: number; confidence: number };

/** Readers doubt few characters; more than two of them changed is another plate. */
const changedMax = 2;
const suggestionsMax = 400;

/** Plates that the readings of a truck suggest, best first: a person compares them with the picture. */
export function suggestPlates(readings: readonly AttributeReading[]): PlateSuggestion[] {
  const found = new Map<string, PlateSuggestion>();
  for (const { attribute, plate } of readings) {
    if (attribute !== "plate" || plate === null) continue;
    const read = normalizePlate(plate.text);
    let texts = [{ text: "", changed: 0 }];
    for (const { char, alternatives } of plate.characters) {
      const others = alternatives.map((one) => one.char).filter((one) => one !== char && [...one].length === 1);
      texts = texts
        .flatMap(({ text, changed }) => [
          { text: text + char, changed },
          ...(changed < changedMax ? others.map((other) => ({ text: text + other, changed: changed + 1 })) : []),
        ])
        .slice(0, suggestionsMax);
    }
    for (const { text, changed } of [{ text: read, changed: 0 }, ...texts]) {
      const suggested = normalizePlate(text);
      const known = found.get(suggested);
      if (isPlate(suggested) && (known === undefined || known.changed > changed))
        found.set(suggested, { plate: suggested, read, changed, confidence: plate.confidence });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.changed - b.changed || b.confidence - a.confidence)
    .slice(0, suggestionsMax);
}

/** Numbers painted on a body: the end of a plate. */
export function suggestEndings(readings: readonly AttributeReading[]): string[] {
  return [
    ...new Set(
      readings.flatMap(({ attribute, plate }) =>
        attribute === "large_number" && plate !== null && plate.text.length >= 5 ? [normalizePlate(plate.text)] : [],
      ),
    ),
  ];
}

export function plateReason({ read, changed, confidence }: PlateSuggestion): Text {
  const sure = Math.round(confidence * 100);
  if (changed === 0)
    return { zh: `号牌读数“${read}”（把握 ${sure}%）`, en: `the plate was read as "${read}" (${sure}%)` };
  return {
    zh: `号牌读作“${read}”，其中 ${changed} 个字符识别器也考虑过此号`,
    en: `the plate was read as "${read}"; the reader also thought of ${changed} character${changed > 1 ? "s" : ""} of this one`,
  };
}
export const endingReason = (ending: string): Text => ({
  zh: `放大号读作“${ending}”，与号牌末尾相同`,
  en: `the number painted large was read as "${ending}", the end of this plate`,
});
