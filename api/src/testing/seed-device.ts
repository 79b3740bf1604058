import type { Database } from "@mingcha/infra/db";
import { type DeviceRecordCode, requiredRecords } from "@mingcha/models/device";

/** A device that had everything the law asks for a year before `at`, its clock compared an hour before. Kinds in `without` are missing. */
export async function seedDevice(
  db: Database,
  { sourceId, kind, at, without = [] }: { sourceId: string; kind: string; at: Date; without?: DeviceRecordCode[] },
): Promise<void> {
  const kinds: readonly DeviceRecordCode[] = [...(requiredRecords[kind] ?? []), "metrology_exempt"];
  const validFrom = new Date(at.getTime() - 365 * 86_400_000);
  const maintainedAt = new Date(at.getTime() - 30 * 86_400_000);
  await db.deviceRecord.create({
    data: {
      sourceId,
      kind: "maintenance",
      validFrom: maintainedAt,
      reference: "示例检测报告",
      createdAt: maintainedAt,
    },
  });
  await db.deviceRecord.createMany({
    data: kinds
      .filter((code) => !without.includes(code))
      .map((code) => ({ sourceId, kind: code, validFrom, reference: `示例〔2025〕${code}`, createdAt: validFrom })),
  });
  await db.clockSample.create({
    data: { sourceId, at: new Date(at.getTime() - 3_600_000), offsetMs: 180, uncertaintyMs: 20, method: "manual" },
  });
}
