import type { Database } from "@mingcha/infra/db";
import { type DeviceRecord, type DeviceRecordCode, deviceRecordKinds } from "@mingcha/models/device";

/** Clock samples around an act are few; of a whole year a page shows the newest. */
const samplesMax = 200;

export type LoadedDevice = Awaited<ReturnType<typeof loadDevice>>;

const isKnown = (kind: string): kind is DeviceRecordCode => kind in deviceRecordKinds;

/** Records of a source in force and withdrawn, and its clock samples around a span (the newest without one). */
export async function loadDevice(db: Database, sourceId: string, span?: { from: Date; to: Date }) {
  const reachMs = 24 * 3_600_000;
  const [rows, samples] = await Promise.all([
    db.deviceRecord.findMany({ where: { sourceId }, orderBy: { createdAt: "desc" } }),
    db.clockSample.findMany({
      where: {
        sourceId,
        ...(span === undefined
          ? {}
          : { at: { gte: new Date(span.from.getTime() - reachMs), lte: new Date(span.to.getTime() + reachMs) } }),
      },
      orderBy: { at: "desc" },
      take: samplesMax,
    }),
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
    samples: samples.map(({ at, offsetMs, uncertaintyMs, method }) => ({
      atMs: at.getTime(),
      offsetMs,
      uncertaintyMs,
      method,
    })),
  };
}
