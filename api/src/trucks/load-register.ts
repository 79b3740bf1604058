import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { DisposalFact, SiteFact, TippingFact } from "@mingcha/models/objects";
import type { Registered, RegisterHistory, Standing, TripRegister } from "@mingcha/models/trips";
import { factOf } from "../objects/register-row.ts";

type VersionRow = {
  id: string;
  kind: string;
  version: number;
  document: unknown;
  since: Date | null;
  until: Date | null;
};

/**
 * What trucks are compared with, in every version that stood within a span, by name. A first version counts for what was before it too, unless an
 * object of the same key had been there and was closed: then it counts from when it was entered anew.
 */
export async function loadRegisterHistory(
  db: DatabaseOrTransaction,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<RegisterHistory> {
  const rows = await db.$queryRaw<VersionRow[]>`
    select id, kind, version, document, since, until from (
      select o.id, o.kind, o.name, v.version,
        case when o.kind = 'vehicle' then jsonb_build_object('plate', v.document->>'plate') else v.document end as document,
        case when v.version = 1 and o.is_first then null else v.created_at end as since,
        coalesce(lead(v.created_at) over (partition by v.object_id order by v.version), o.closed_at) as until
      from (
        select id, kind, name, closed_at, row_number() over (partition by kind, key order by created_at, id) = 1 as is_first
        from register_object where kind in ('site', 'tipping', 'disposal', 'vehicle')
      ) o join object_version v on v.object_id = o.id and v.action <> 'closed'
    ) s
    where (until is null or until > ${new Date(fromMs)}) and (since is null or since < ${new Date(toMs)})
    order by name, id, version`;
  const sites: Standing<SiteFact>[] = [];
  const tippings: Standing<TippingFact>[] = [];
  const permits: Standing<DisposalFact>[] = [];
  const vehicles: RegisterHistory["vehicles"][number][] = [];
  for (const { id, kind, version, document, since, until } of rows) {
    const stood = {
      fromMs: since?.getTime() ?? Number.NEGATIVE_INFINITY,
      toMs: until?.getTime() ?? Number.POSITIVE_INFINITY,
    };
    if (kind === "vehicle") {
      vehicles.push({ plate: (document as { plate: string }).plate, ...stood });
      continue;
    }
    const fact = factOf({ document });
    if (fact.kind === "site") sites.push({ id, version, fact, ...stood });
    else if (fact.kind === "tipping") tippings.push({ id, version, fact, ...stood });
    else if (fact.kind === "disposal") permits.push({ id, version, fact, ...stood });
  }
  return { sites, tippings, permits, vehicles };
}

/** What stands today: open objects of the register, by name. */
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
