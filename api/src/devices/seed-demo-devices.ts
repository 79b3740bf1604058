import type { Database } from "@mingcha/infra/db";
import { type DeviceRecordCode, deviceRecordKinds, requiredRecords } from "@mingcha/models/device";

/** A register that would satisfy the law for the cameras of the bundled footage, each entry marked as demonstration data. */
export async function seedDemoDevices(db: Database): Promise<void> {
  const clips = await db.clip.findMany({
    where: { source: { deviceRecords: { none: {} } }, intakeId: { not: null } },
    select: { sourceId: true, intakeId: true, startedAt: true, source: { select: { kind: true } } },
    take: 50,
  });
  const shown = await db.intake.findMany({
    where: { id: { in: clips.flatMap(({ intakeId }) => (intakeId === null ? [] : [intakeId])) }, via: "demo" },
    select: { id: true },
  });
  for (const { sourceId, intakeId, startedAt, source } of clips) {
    if (!shown.some(({ id }) => id === intakeId)) continue;
    const kinds: readonly DeviceRecordCode[] = [...(requiredRecords[source.kind] ?? []), "metrology_exempt"];
    const validFrom = new Date(startedAt.getTime() - 300 * 86_400_000);
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`device:${sourceId}`}, 0))`;
      if ((await tx.deviceRecord.count({ where: { sourceId } })) > 0) return;
      await tx.deviceRecord.createMany({
        data: kinds.map((kind) => ({
          sourceId,
          kind,
          validFrom,
          reference: `演示：${deviceRecordKinds[kind].zh}〔2026〕1号`,
          note: "演示数据，不是真实的审核、标识或公布",
          createdAt: validFrom,
        })),
      });
      const at = new Date(startedAt.getTime() - 3_600_000);
      await tx.clockSample.create({ data: { sourceId, at, offsetMs: 120, uncertaintyMs: 30, method: "demo" } });
    });
  }
}

/** Lawful facts for the flights of the bundled footage, marked as demonstration data. */
export async function seedDemoFlights(db: Database): Promise<void> {
  const flights = await db.flight.findMany({
    where: { statements: { none: {} }, clips: { some: { intakeId: { not: null } } } },
    select: { id: true, clips: { select: { intakeId: true } } },
    take: 50,
  });
  const intakeIds = flights.flatMap(({ clips }) => clips.flatMap(({ intakeId }) => intakeId ?? []));
  const shown = await db.intake.findMany({ where: { id: { in: intakeIds }, via: "demo" }, select: { id: true } });
  const demo = flights.filter(({ clips }) => clips.some(({ intakeId }) => shown.some(({ id }) => id === intakeId)));
  await db.flightStatement.createMany({
    data: demo.map(({ id }) => ({
      flightId: id,
      ordinal: 1,
      aircraftClass: "light",
      registration: "演示 UAS00000000",
      operator: "演示单位，不是真实的运营人",
      noApprovalReason: "演示数据：轻型、适飞空域、真高 120 米以下，无需批准",
      inFreeAirspace: true,
      byRelay: false,
      overCrowd: false,
    })),
    skipDuplicates: true,
  });
}
