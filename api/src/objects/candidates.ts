import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { attributeReadingSchema } from "@mingcha/models/attributes";
import type { Bilingual } from "@mingcha/models/http";
import {
  endingReason,
  placeReason,
  placesAround,
  plateReason,
  suggestEndings,
  suggestPlates,
} from "@mingcha/models/objects";
import { z } from "zod";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { ObjectRow } from "./register-row.ts";

export interface Candidate {
  readonly row: ObjectRow;
  readonly reasons: { code: string; text: Bilingual }[];
}

const candidatesMax = 20;
const readingsSchema = z.object({ items: z.array(attributeReadingSchema) });

/**
 * Open objects that a record may show, each with why: shops at its place, vehicles whose plate its readings suggest. They are offered in the
 * order of their reasons; whether one of them it is, a person says.
 */
export async function findCandidates(db: DatabaseOrTransaction, clue: LoadedClue): Promise<Candidate[]> {
  const readings = readingsSchema.catch({ items: [] }).parse(clue.flag.readings ?? { items: [] }).items;
  return [
    ...(await vehiclesByPlate(db, readings)),
    ...(await vehiclesByEnding(db, readings)),
    ...(await shopsAtPlace(db, clue.place)),
  ].slice(0, candidatesMax);
}

type Readings = z.output<typeof readingsSchema>["items"];

async function vehiclesByPlate(db: DatabaseOrTransaction, readings: Readings): Promise<Candidate[]> {
  const suggestions = suggestPlates(readings);
  if (suggestions.length === 0) return [];
  const rows = await db.registerObject.findMany({
    where: { kind: "vehicle", closedAt: null, name: { in: suggestions.map(({ plate }) => plate) } },
    take: candidatesMax,
  });
  return suggestions.flatMap((suggestion) =>
    rows
      .filter(({ name }) => name === suggestion.plate)
      .map((row) => ({
        row,
        reasons: [{ code: suggestion.changed === 0 ? "plate" : "plate_near", text: plateReason(suggestion) }],
      })),
  );
}

async function vehiclesByEnding(db: DatabaseOrTransaction, readings: Readings): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const ending of suggestEndings(readings)) {
    const rows = await db.registerObject.findMany({
      where: {
        kind: "vehicle",
        closedAt: null,
        grams: { hasEvery: pairsOf(ending.toLowerCase()) },
        name: { endsWith: ending },
      },
      orderBy: { name: "asc" },
      take: candidatesMax,
    });
    for (const row of rows) found.push({ row, reasons: [{ code: "plate_ending", text: endingReason(ending) }] });
  }
  return found;
}

const pairsOf = (text: string): string[] => [...text].slice(1).map((_, nth) => text.slice(nth, nth + 2));

async function shopsAtPlace(db: DatabaseOrTransaction, place: string): Promise<Candidate[]> {
  const places = placesAround(place);
  const rows = await db.registerObject.findMany({
    where: { kind: "shop", closedAt: null, place: { in: places } },
    orderBy: { name: "asc" },
    take: candidatesMax,
  });
  return rows
    .map((row) => {
      const { code, text } = placeReason(row.place ?? "", place);
      return { row, reasons: [{ code, text }] };
    })
    .sort((a, b) => places.indexOf(a.row.place ?? "") - places.indexOf(b.row.place ?? ""));
}
