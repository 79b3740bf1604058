import { type ObjectFact, type ObjectKind, objectColumns, plateColours } from "@mingcha/models/objects";
import { type RouteLines, routeText } from "@mingcha/models/trips";
import { findPersonStarted, findViolation } from "@mingcha/models/violations";

type Language = "zh" | "en";

export const headingsOf = (kind: ObjectKind, language: Language): string[] =>
  objectColumns[kind].map(({ title }) => title[language]);

/** One object as a row that an import reads back as it is. */
export function rowOf(fact: ObjectFact, language: Language): string[] {
  return objectColumns[fact.kind].map(({ field }) => cellOf(field, fact, language));
}

function cellOf(field: string, fact: ObjectFact, language: Language): string {
  if (field === "pledgeDates" || field === "pledgeReferences") {
    const pledges = fact.kind === "shop" || fact.kind === "vehicle" ? fact.pledges : [];
    return pledges.map((pledge) => (field === "pledgeDates" ? pledge.signedOn : pledge.reference)).join("；");
  }
  const value = (fact as Record<string, unknown>)[field];
  if (value === null || value === undefined) return "";
  if (field === "plateColour") return plateColours[value as keyof typeof plateColours][language];
  if (field === "violations")
    return (value as string[])
      .map((code) => (findViolation(code) ?? findPersonStarted(code))?.title[language] ?? code)
      .join("; ");
  if (field === "route") return routeText(value as RouteLines);
  return Array.isArray(value) ? value.join("；") : String(value);
}

/** Explains each column to whoever fills the sheet in. */
export function notesOf(kind: ObjectKind, language: Language): string[][] {
  const heads =
    language === "zh" ? ["列", "必填", "示例", "也可写作"] : ["Column", "Required", "Example", "Also recognised"];
  const yes = language === "zh" ? "是" : "yes";
  return [
    heads,
    ...objectColumns[kind].map(({ title, required, example, others }) => [
      title[language],
      required ? yes : "",
      example,
      others.join(language === "zh" ? "、" : ", "),
    ]),
  ];
}
