import type { ClockSampleModel, Database } from "@mingcha/infra/db";
import { type ClockSample, type DeviceRecord, type DeviceRecordCode, deviceRecordKinds } from "@mingcha/models/device";

/** Of a whole year a page shows the newest; around an act all count, a few methods every hour and now and then one between. */
const samplesMax = 200;
const aroundMax = 5_000;

/** Scans of the records of a source: its page shows them, no guard asks for them. */
export function loadAttachments(db: Database, sourceId: string) {
  return db.deviceAttachment.findMany({
    where: { record: { sourceId } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export type LoadedDevice = Awaited<ReturnType<typeof loadDevice>>;

const isKnown = (kind: string): kind is DeviceRecordCode => kind in deviceRecordKinds;

/** Records of a source in force and withdrawn, and its clock samples around a span (the newest without one). */
export async function loadDevice(db: Database, sourceId: string, span?: { from: Date; to: Date }) {
  const reachMs = 24 * 3_600_000;
  const [rows, samples, viewMoved] = await Promise.all([
    db.deviceRecord.findMany({ where: { sourceId }, orderBy: { createdAt: "desc" } }),
    db.clockSample.findMany({
      where: {
        sourceId,
        ...(span === undefined
          ? {}
          : { at: { gte: new Date(span.from.getTime() - reachMs), lte: new Date(span.to.getTime() + reachMs) } }),
      },
      orderBy: { at: "desc" },
      take: span === undefined ? samplesMax : aroundMax,
    }),
    span === undefined ? isViewMoved(db, sourceId) : wasViewMoved(db, sourceId, span),
  ]);
  const known = rows.flatMap((row) => (isKnown(row.kind) ? [{ ...row, kind: row.kind }] : []));
  const records = known
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map((row): DeviceRecord & { row: typeof row } => ({
      kind: row.kind,
      fromMs: row.validFrom.getTime(),
      toMs: row.validTo?.getTime() ?? null,
      recordedAtMs: row.createdAt.getTime(),
      row,
    }));
  return {
    rows: known,
    records,
    viewMoved,
    samples: samples.map(readSample),
  };
}

/** A stored comparison; a person's own is as sure of Beijing time as they say. */
export const readSample = ({
  at,
  offsetMs,
  uncertaintyMs,
  method,
  machine,
  hostAheadMs,
}: ClockSampleModel): ClockSample & { readonly method: string } => ({
  atMs: at.getTime(),
  offsetMs,
  uncertaintyMs,
  method,
  ...(machine === null || hostAheadMs !== null ? {} : { hostKnown: false }),
});

/** The watch of a source rests now because its view has moved. */
async function isViewMoved(db: Database, sourceId: string): Promise<boolean> {
  const watch = await db.watchState.findFirst({ where: { sourceId }, orderBy: { through: "desc" } });
  return watch?.suspended === "view_moved";
}

/** It takes a few looks to be sure that a camera was turned: the first that says so may come after the act. */
const turnedReachMs = 60_000;

/** A look of the span, or the next one after it, was not seen because the view had moved. */
async function wasViewMoved(db: Database, sourceId: string, span: { from: Date; to: Date }): Promise<boolean> {
  const during = await db.look.findFirst({
    where: { sourceId, capturedAt: { gte: span.from, lte: span.to }, status: "missing", reason: "view_moved" },
    select: { clipId: true },
  });
  if (during !== null) return true;
  const next = await db.look.findFirst({
    where: { sourceId, capturedAt: { gt: span.to, lte: new Date(span.to.getTime() + turnedReachMs) } },
    orderBy: { capturedAt: "asc" },
    select: { status: true, reason: true },
  });
  return next?.status === "missing" && next.reason === "view_moved";
}
