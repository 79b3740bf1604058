import type { TruckLead, TruckLeads } from "@mingcha/models/http";
import {
  type LeadReason,
  type LeadState,
  leadStateCodes,
  movesFrom,
  type TripRule,
  truckDuties,
} from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { readCursor } from "./list-trips.ts";
import { leadDocumentSchema } from "./trip-document.ts";

interface LeadsQuery {
  readonly state: LeadState;
  readonly rule?: TripRule | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Findings of a state, newest first, each with what was compared and the steps that are open to the person. */
export async function listLeads({ db }: Pick<Deps, "db">, query: LeadsQuery, person: SignedIn): Promise<TruckLeads> {
  const { state, rule, limit } = query;
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const [rows, counts] = await Promise.all([
    db.truckLead.findMany({
      where: {
        state,
        ...(rule === undefined ? {} : { rule }),
        ...(after === null ? {} : { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }),
      },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: limit + 1,
    }),
    db.truckLead.groupBy({ by: ["state"], _count: { _all: true } }),
  ]);
  const items = rows.slice(0, limit).map((row) => ({ ...row, parsed: leadDocumentSchema.parse(row.document) }));
  const last = rows.length > limit ? items.at(-1) : undefined;
  const [trips, names, places] = await Promise.all([
    db.truckTrip.findMany({
      where: { key: { in: items.map(({ parsed }) => parsed.tripKey) } },
      select: { id: true, key: true },
    }),
    namesOf(
      db,
      items.flatMap(({ decidedBy }) => decidedBy ?? []),
    ),
    db.registerObject.findMany({
      where: { kind: "site", closedAt: null, name: { in: items.flatMap(({ site }) => site ?? []) } },
      select: { name: true, document: true },
    }),
  ]);
  const mayDecide = person.duties.some((duty) => (truckDuties.decide as readonly string[]).includes(duty));
  const siteOf = new Map(
    places.map(({ name, document }) => [name, document as { longitude?: number; latitude?: number }]),
  );
  return {
    items: items.map((row): TruckLead => {
      const at = row.site === null ? undefined : siteOf.get(row.site);
      return {
        id: row.id,
        rule: row.rule as TripRule,
        plate: row.plate,
        site: row.site,
        at: row.at.toISOString(),
        foundAt: row.foundAt.toISOString(),
        longitude: row.longitude ?? at?.longitude ?? null,
        latitude: row.latitude ?? at?.latitude ?? null,
        state: row.state as LeadState,
        version: row.version,
        check: row.parsed.check,
        changed: row.parsed.since?.check ?? null,
        unfoundAt: row.unfoundAt?.toISOString() ?? null,
        decided:
          row.decidedBy === null || row.decidedAt === null
            ? null
            : {
                by: names.get(row.decidedBy) ?? "",
                at: row.decidedAt.toISOString(),
                reason: row.reasonCode as LeadReason | null,
                note: row.note,
              },
        tripId: trips.find(({ key }) => key === row.parsed.tripKey)?.id ?? null,
        moves: mayDecide ? movesFrom(row.state as LeadState) : [],
      };
    }),
    next: last === undefined ? null : `${last.at.toISOString()}_${last.id}`,
    counts: Object.fromEntries(
      leadStateCodes.map((code) => [code, counts.find((one) => one.state === code)?._count._all ?? 0]),
    ) as TruckLeads["counts"],
    mayDecide,
  };
}
