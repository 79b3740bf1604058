import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { type AttributeReading, attributeReadingSchema } from "@mingcha/models/attributes";
import type { ClueState } from "@mingcha/models/clue";
import { isPlate, normalizePlate } from "@mingcha/models/objects";
import { eventOf, type RegisterHistory, stoodAt, type TripSettings, type TruckEvent } from "@mingcha/models/trips";
import { z } from "zod";

/** Rules whose act is a truck in a gate (motion `passes`); all that differs is what they ask of it. */
export const gateViolations = ["TRUCK_UNCOVERED", "TRUCK_DIRTY"];
/** States in which a person has found the record to be so. */
const foundTrue: readonly ClueState[] = ["ADMISSIBLE", "VERIFIED", "READY_TO_FILE", "FILED"];
/** States in which a person has found that the record does not hold: what a model read on it is nobody's word any more. */
const foundFalse: readonly ClueState[] = ["DISCARDED", "REJECTED"];
const readingsSchema = z.object({ items: z.array(attributeReadingSchema) });

/**
 * Passes that the detector has stored at the gates of sites: its flags of trucks there. The plate is the vehicle that a person confirmed, else what
 * a model read surely enough; what neither said stays open. Which way the truck went a flag does not tell.
 */
export async function loadCameraPasses(
  db: DatabaseOrTransaction,
  { sites }: Pick<RegisterHistory, "sites">,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  settings: Pick<TripSettings, "plateConfidence">,
): Promise<TruckEvent[]> {
  const sources = [...new Set(sites.flatMap(({ fact }) => fact.gateSources))];
  if (sources.length === 0) return [];
  const flags = await db.flag.findMany({
    where: {
      sourceId: { in: sources },
      violation: { in: gateViolations },
      from: { gte: new Date(fromMs), lt: new Date(toMs) },
    },
    select: {
      id: true,
      sourceId: true,
      violation: true,
      from: true,
      readings: true,
      clue: {
        select: {
          state: true,
          objectMatches: { where: { withdrawnAt: null }, select: { object: { select: { kind: true, name: true } } } },
        },
      },
    },
    orderBy: [{ from: "asc" }, { id: "asc" }],
  });
  return flags.flatMap((flag) => {
    const site = sites.find((one) => one.fact.gateSources.includes(flag.sourceId) && stoodAt(one, flag.from.getTime()));
    if (site === undefined) return [];
    const readings = flag.readings === null ? [] : readingsSchema.parse(flag.readings).items;
    const confirmed = flag.clue?.objectMatches.find(({ object }) => object.kind === "vehicle")?.object.name;
    const read = plateOf(readings, settings.plateConfidence);
    const isTrue = flag.clue !== null && foundTrue.includes(flag.clue.state);
    const isFalse = flag.clue !== null && foundFalse.includes(flag.clue.state);
    const cover = isFalse ? null : readValue(readings, "cover");
    const load = readValue(readings, "load");
    const isOpenByPerson = isTrue && flag.violation === "TRUCK_UNCOVERED";
    const isDirtyByPerson = isTrue && flag.violation === "TRUCK_DIRTY";
    return eventOf(
      confirmed ?? read ?? "",
      flag.from.getTime(),
      {
        kind: "gate_pass",
        site: site.fact.name,
        direction: null,
        cover: isOpenByPerson ? "open" : cover === "open" || cover === "covered" ? cover : null,
        wash: isDirtyByPerson ? "dirty" : null,
        load: load === "loaded" || load === "empty" ? load : null,
        weightT: null,
        judgedBy: isOpenByPerson || isDirtyByPerson ? "person" : cover === null ? null : "model",
        isPlateSure: (confirmed ?? read) !== undefined,
        plateReadBy: confirmed !== undefined ? "person" : read !== undefined ? "model" : undefined,
      },
      { fileSha256: null, row: null, flagId: flag.id },
    );
  });
}

const readValue = (readings: readonly AttributeReading[], attribute: string): string | null =>
  readings.find((reading) => reading.attribute === attribute && reading.outcome === "judged")?.value ?? null;

function plateOf(readings: readonly AttributeReading[], least: number): string | undefined {
  for (const { attribute, plate } of readings) {
    if (attribute !== "plate" || plate === null || plate.format !== "ok" || plate.confidence < least) continue;
    const text = normalizePlate(plate.text);
    if (isPlate(text)) return text;
  }
  return undefined;
}
