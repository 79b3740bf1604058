import { type Database, Prisma } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { idSchema, type TripDetail, type TripItem, type Trips } from "@mingcha/models/http";
import { normalizePlate } from "@mingcha/models/objects";
import type { Deps } from "../deps.ts";
import { loadPoints } from "./load-rows.ts";
import { tripDocumentSchema } from "./trip-document.ts";

type TripRecord = Prisma.TruckTripGetPayload<object>;
/** Days that a page can offer. */
const daysMax = 120;
/** Points that a line on a map needs; more only make it slow. */
const trackMax = 1_500;

export function viewTrip(row: TripRecord): TripItem {
  const { departure, entry, manifest, track, checks, endMs } = tripDocumentSchema.parse(row.document);
  return {
    id: row.id,
    plate: row.plate,
    site: row.site,
    tipping: entry?.tipping ?? null,
    day: row.day,
    startAt: row.startAt.toISOString(),
    endAt: new Date(endMs).toISOString(),
    departureFrom: departure?.from ?? null,
    entryAt: entry === null ? null : new Date(entry.atMs).toISOString(),
    manifestT: manifest?.weightT ?? null,
    entryT: entry?.weightT ?? null,
    hasTrack: track !== null,
    findings: checks.filter(({ verdict }) => verdict === "finding").map(({ rule }) => rule),
    open: checks.filter(({ verdict }) => verdict === "cannot_say").length,
  };
}

interface TripsQuery {
  readonly day?: string | undefined;
  readonly plate?: string | undefined;
  readonly found?: "1" | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Trips newest first, a page of them, and the days there are. */
export async function listTrips(db: Database, { day, plate, found, cursor, limit }: TripsQuery): Promise<Trips> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await db.truckTrip.findMany({
    where: {
      ...(day === undefined ? {} : { day }),
      ...(plate === undefined || plate.trim() === "" ? {} : { plate: { contains: normalizePlate(plate) } }),
      ...(found === undefined ? {} : { findings: { gt: 0 } }),
      ...(after === null ? {} : { OR: [{ startAt: { lt: after.at } }, { startAt: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ startAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const days = await db.$queryRaw<Trips["days"]>(Prisma.sql`
    select d.day, count(t.id)::int as trips, coalesce(sum(t.findings), 0)::int as findings, d.wanted <> d.done as behind
    from (select * from truck_day order by day desc limit ${daysMax}) d left join truck_trip t on t.day = d.day
    group by d.day, d.wanted, d.done having count(t.id) > 0 or d.wanted <> d.done
    order by d.day desc`);
  return {
    items: items.map(viewTrip),
    next: last === undefined ? null : `${last.startAt.toISOString()}_${last.id}`,
    days,
  };
}

/** Where the page before ended: the beginning and id of its last trip, for trips are replaced when a day is compared again. */
export function readCursor(cursor: string): { at: Date; id: string } {
  const [at = "", id = ""] = cursor.split("_");
  const parsed = idSchema.safeParse(id);
  if (!parsed.success || Number.isNaN(Date.parse(at)))
    throw new AppError("BAD_INPUT", { reason: "页码不存在 / no such page" });
  return { at: new Date(at), id: parsed.data };
}

/** One trip with all that was asked of it, the rows it stands on and its way. */
export async function viewTripDetail({ db }: Pick<Deps, "db">, id: string, seesRecords: boolean): Promise<TripDetail> {
  const row = await db.truckTrip.findUnique({ where: { id } });
  if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `trip ${id}` });
  const { permit, checks, rows, track, endMs } = tripDocumentSchema.parse(row.document);
  const hashes = rows.flatMap(({ origin }) => origin.fileSha256 ?? []);
  const flags = rows.flatMap(({ origin }) => origin.flagId ?? []);
  const [files, clues, points] = await Promise.all([
    db.truckFile.findMany({ where: { sha256: { in: hashes } }, select: { sha256: true, name: true } }),
    db.clue.findMany({ where: { flagId: { in: flags } }, select: { id: true, flagId: true } }),
    track === null ? [] : loadPoints(db, { fromMs: row.startAt.getTime(), toMs: endMs + 1 }, row.plate),
  ]);
  const step = Math.max(1, Math.ceil(points.length / trackMax));
  return {
    ...viewTrip(row),
    permit,
    checks,
    rows: rows.map(({ key, kind, atMs, text, origin }) => ({
      key,
      kind,
      at: new Date(atMs).toISOString(),
      text,
      fileSha256: origin.fileSha256,
      fileName: files.find(({ sha256 }) => sha256 === origin.fileSha256)?.name ?? null,
      row: origin.row,
      clueId: seesRecords ? (clues.find(({ flagId }) => flagId === origin.flagId)?.id ?? null) : null,
    })),
    track: points
      .filter((_, nth) => nth % step === 0 || nth === points.length - 1)
      .map(({ longitude, latitude, atMs }) => [longitude, latitude, new Date(atMs).toISOString()]),
    trackShare: track?.share ?? null,
  };
}
