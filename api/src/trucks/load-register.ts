import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { DisposalFact, SiteFact, TippingFact } from "@mingcha/models/objects";
import type { Registered, TripRegister } from "@mingcha/models/trips";
import { factOf } from "../objects/register-row.ts";

/** What trucks are compared with, as it stands: open objects of the register, by name. */
export async function loadTripRegister(db: DatabaseOrTransaction): Promise<TripRegister> {
  const [rows, vehicles] = await Promise.all([
    db.registerObject.findMany({
      where: { kind: { in: ["site", "tipping", "disposal"] }, closedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
    db.registerObject.findMany({ where: { kind: "vehicle", closedAt: null }, select: { name: true } }),
  ]);
  const sites: Registered<SiteFact>[] = [];
  const tippings: Registered<TippingFact>[] = [];
  const permits: Registered<DisposalFact>[] = [];
  for (const row of rows) {
    const fact = factOf(row);
    const { id, version } = row;
    if (fact.kind === "site") sites.push({ id, version, fact });
    else if (fact.kind === "tipping") tippings.push({ id, version, fact });
    else if (fact.kind === "disposal") permits.push({ id, version, fact });
  }
  return { sites, tippings, permits, plates: new Set(vehicles.map(({ name }) => name)) };
}
