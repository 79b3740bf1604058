import { objectFactSchema } from "@mingcha/models/objects";
import { dayOf, type SimulatedPlaces, simulateDay, spanOfDay } from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import { columnsOf, findSame, lockRegister } from "../objects/register-row.ts";
import { importTruckFile } from "./import-file.ts";
import { simulatedFiles } from "./simulated-files.ts";

/** On the invented streets of the demo: a site at the gate that the demo footage shows, a tipping site at the other end. */
const places: SimulatedPlaces = {
  site: [121.5312, 31.2275],
  bend: [121.53125, 31.2346],
  tip: [121.5125, 31.23463],
  elsewhere: [121.5161, 31.2219],
  aside: [121.5236, 31.2275],
};
const trucks = 14;
const note = "演示数据，不是真实的工地、消纳点、车辆或许可";
const hour = 3_600_000;

/** A night of invented trucks with some faults, once: what the pages show of muck transport before a bureau has data of its own. */
export async function seedDemoTrucks(deps: Deps): Promise<void> {
  const { db, profile, now } = deps;
  // the last of its files: whatever a crash left out is made up for
  if ((await db.truckFile.count({ where: { name: "demo-track.csv" } })) > 0) return;
  // the last night that is over for certain
  const night = dayOf(now().getTime() - 48 * hour, profile.timezone);
  const day = simulateDay({
    trucks,
    seed: 4,
    places,
    fromMs: spanOfDay(night, profile.timezone).fromMs + 18 * hour,
  });
  const year = night.slice(0, 4);
  const facts = [
    ...day.register.sites.map(({ fact }) => ({ ...fact, gateSources: ["cam-gate-1"], note })),
    ...day.register.tippings.map(({ fact }) => ({ ...fact, note })),
    ...day.register.permits.map(({ fact }) => ({
      ...fact,
      validFrom: `${year}-01-01`,
      validTo: `${year}-12-31`,
      quotaT: 1_200,
      note,
    })),
    ...[...day.register.plates].map((plate) => ({
      kind: "vehicle" as const,
      plate,
      plateColour: "yellow" as const,
      carrier: "示例渣土运输有限公司",
      note,
    })),
  ].map((fact) => objectFactSchema.parse(fact));
  for (const fact of facts)
    await db.$transaction(async (tx) => {
      await lockRegister(tx, fact.kind);
      if ((await findSame(tx, fact)) !== undefined) return;
      const columns = columnsOf(fact);
      await tx.registerObject.create({
        data: {
          ...columns,
          demo: true,
          versions: { create: { version: 1, document: columns.document, action: "created" } },
        },
      });
    });
  for (const { kind, bytes } of simulatedFiles(day))
    await importTruckFile(deps, { kind, coordinates: "wgs84", plan: null, name: `demo-${kind}.csv`, bytes }, null);
}
