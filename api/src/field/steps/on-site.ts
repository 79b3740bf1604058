import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { exifFactsSchema } from "@mingcha/infra/photos";
import { type FieldCandidate, fieldSettings, type PlaceWithError } from "@mingcha/models/field";
import { onSiteFindingsSchema, positionSchema } from "@mingcha/models/on-site";
import { namesOf } from "../../people/names-of.ts";
import type { FieldSteps } from "./provider.ts";
import { loadRecused, recusedSince } from "./recused.ts";

const include = {
  photos: { where: { withdrawnAt: null }, orderBy: { receivedAt: "asc" } },
  signatures: { where: { voidedAt: null } },
} as const satisfies Prisma.OnSiteCheckInclude;
type Row = Prisma.OnSiteCheckGetPayload<{ include: typeof include }>;

const { stepLengthMs, stepLengthMaxMs } = fieldSettings;
/** A check of which nobody wrote down when it was belongs to the day after the officers were sent, if to any. */
const sentReachMs = 24 * 3_600_000;
/** Officers come within so long after they were sent; a check that is written down afterwards was sent later than it was. */
const arriveWithinMs = 60 * 24 * 3_600_000;
/** A phone that does not say how good its position is. */
const phoneErrorM = 50;

/** What its officers wrote down; null where it is not readable: one such check keeps no recording from being laid beside the others. */
const findingsOf = ({ findings }: Row) => onSiteFindingsSchema.safeParse(findings).data ?? null;

/**
 * When the officers were there: from the arrival (or the first photo) to the last photo or signature of the next hours. What was written later
 * was written elsewhere. Known of it is what is dated; that it took so long at least is assumed. Null: nothing says when.
 */
export function spanOfCheck(row: Row): FieldCandidate["span"] {
  const arrivedAt = findingsOf(row)?.arrivedAt ?? null;
  const photos = row.photos.flatMap(({ capturedAt, takenAt }) => (capturedAt ?? takenAt)?.getTime() ?? []);
  const begins = arrivedAt === null ? photos : [Date.parse(arrivedAt)];
  if (begins.length === 0) return null;
  const fromMs = Math.min(...begins);
  const there = [...photos, ...row.signatures.map(({ signedAt }) => signedAt.getTime())].filter(
    (ms) => ms > fromMs && ms <= fromMs + stepLengthMaxMs,
  );
  const known = { fromMs, toMs: Math.max(fromMs, ...there) };
  return { fromMs, toMs: Math.max(fromMs + stepLengthMs, known.toMs), known };
}

function placeOfCheck(row: Row): PlaceWithError | null {
  const position = findingsOf(row)?.position ?? null;
  const taken = row.photos.flatMap((photo) => positionSchema.safeParse(photo.position).data ?? []);
  const phone = position ?? taken[0];
  if (phone !== undefined)
    return { longitude: phone.longitude, latitude: phone.latitude, errorM: phone.accuracyM ?? phoneErrorM };
  const [camera] = row.photos.flatMap((photo) => exifFactsSchema.safeParse(photo.exif).data?.position ?? []);
  return camera === undefined ? null : { longitude: camera.longitude, latitude: camera.latitude, errorM: phoneErrorM };
}

/** Rows whose time may touch a stretch: by arrival where there is one, else by when the officers were sent; photos follow both. */
async function find(db: DatabaseOrTransaction, from: Date, to: Date): Promise<Row[]> {
  const ids = await db.$queryRaw<{ id: string }[]>`
    select c.id::text as id from on_site_check c, lateral (
      select case when pg_input_is_valid(c.findings ->> 'arrivedAt', 'timestamptz') then (c.findings ->> 'arrivedAt')::timestamptz end as at
    ) arrived
    where c.state <> 'WITHDRAWN' and c.dispatched_at >= ${new Date(from.getTime() - arriveWithinMs)} and (
      arrived.at between ${new Date(from.getTime() - stepLengthMaxMs)} and ${to}
      or (arrived.at is null and c.dispatched_at between ${new Date(from.getTime() - sentReachMs)} and ${to}))`;
  return db.onSiteCheck.findMany({ where: { id: { in: ids.map(({ id }) => id) } }, include });
}

const newest = (...dates: readonly Date[]): Date => new Date(Math.max(...dates.map((date) => date.getTime())));

/** On-site checks: the steps of a record of which the time, the officers and the place are all known. */
export const onSiteSteps: FieldSteps = {
  name: "on-site checks",
  around: async (db, { from, to, personIds }) => {
    const rows = await find(db, from, to);
    const names = await namesOf(
      db,
      rows.flatMap((row) => [row.firstOfficerId, row.secondOfficerId]),
    );
    const recused = await loadRecused(
      db,
      rows.map(({ clueId }) => clueId),
      personIds,
    );
    return rows.map((row) => ({
      kind: "on_site_check",
      id: row.id,
      clueId: row.clueId,
      span: spanOfCheck(row),
      officers: [row.firstOfficerId, row.secondOfficerId].map((id) => ({ id, name: names.get(id) ?? id })),
      recusedIds: recused(row.clueId),
      at: placeOfCheck(row),
      ownSources: [],
    }));
  },
  changed: async (db, since) => {
    const recusals = await recusedSince(db, since);
    const { clueIds, personIds } = recusals;
    const rows = await db.onSiteCheck.findMany({
      where: {
        OR: [
          { updatedAt: { gte: since } },
          { photos: { some: { receivedAt: { gte: since } } } },
          { signatures: { some: { signedAt: { gte: since } } } },
          { clueId: { in: clueIds } },
          { firstOfficerId: { in: personIds } },
          { secondOfficerId: { in: personIds } },
        ],
      },
      include,
    });
    return rows.flatMap((row) => {
      const span = spanOfCheck(row);
      const sent = { from: row.dispatchedAt, to: new Date(row.dispatchedAt.getTime() + sentReachMs) };
      const isRecusal =
        clueIds.includes(row.clueId) || [row.firstOfficerId, row.secondOfficerId].some((id) => personIds.includes(id));
      const at = newest(
        row.updatedAt,
        ...row.photos.map(({ receivedAt }) => receivedAt),
        ...row.signatures.map(({ signedAt }) => signedAt),
        ...(isRecusal ? [recusals.at] : []),
      );
      return [
        { at, ...sent, sourceId: null, near: null },
        ...(span === null
          ? []
          : [{ at, from: new Date(span.fromMs), to: new Date(span.toMs), sourceId: null, near: placeOfCheck(row) }]),
      ];
    });
  },
};
