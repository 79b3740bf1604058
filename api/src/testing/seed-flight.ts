import type { Database } from "@mingcha/infra/db";

/** A flight recorded at 80 m, stated as a light aircraft in free airspace that needs no approval; `bare`: of which nothing was stated. */
export async function seedFlight(
  db: Database,
  { sourceId, key, at, bare }: { sourceId: string; key: string; at: Date; bare: boolean },
): Promise<string> {
  const { id } = await db.flight.create({
    data: {
      sourceId,
      startedAt: new Date(at.getTime() - 10_000),
      telemetrySha256: key.padEnd(64, "0"),
      telemetryFormat: "dji-srt/D",
      maxHeightM: 80,
    },
  });
  if (!bare)
    await db.flightStatement.create({
      data: {
        flightId: id,
        ordinal: 1,
        aircraftClass: "light",
        registration: "UAS12345678",
        operator: "示例执法大队",
        noApprovalReason: "轻型，适飞空域，真高 120 米以下",
        inFreeAirspace: true,
        byRelay: false,
        overCrowd: false,
      },
    });
  return id;
}
