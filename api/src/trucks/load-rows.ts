import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { eventDocumentSchema, eventOf, type TrackPoint, type TruckEvent } from "@mingcha/models/trips";

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Imported events of a span of time. */
export async function loadEvents(db: DatabaseOrTransaction, { fromMs, toMs }: Span): Promise<TruckEvent[]> {
  const rows = await db.truckEvent.findMany({
    where: { at: { gte: new Date(fromMs), lt: new Date(toMs) }, withdrawn: false },
    include: { file: { select: { sha256: true } } },
    orderBy: [{ at: "asc" }, { key: "asc" }],
  });
  return rows.map(({ plate, at, document, row, file }) =>
    eventOf(plate, at.getTime(), eventDocumentSchema.parse(document), { fileSha256: file.sha256, row, flagId: null }),
  );
}

/** Positions of a span of time, of all trucks or of one. */
export async function loadPoints(
  db: DatabaseOrTransaction,
  { fromMs, toMs }: Span,
  plate?: string,
): Promise<TrackPoint[]> {
  const rows = await db.$queryRaw<
    { plate: string; at: Date; longitude: number; latitude: number; speed: number | null }[]
  >`
    select plate, at, longitude, latitude, speed_kmh as speed from truck_point
    where not withdrawn and at >= ${new Date(fromMs)} and at < ${new Date(toMs)} and (${plate ?? null}::text is null or plate = ${plate ?? null})
    order by plate, at`;
  return rows.map(({ at, speed, ...row }) => ({ ...row, atMs: at.getTime(), speedKmh: speed }));
}
