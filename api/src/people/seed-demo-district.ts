import { appendCustody } from "@mingcha/infra/custody";
import type { Database } from "@mingcha/infra/db";
import type { Profile } from "@mingcha/models/profile";

/** Puts the cameras of the bundled footage into the profile's first district; what an administrator has set stays. */
export async function seedDemoDistrict(db: Database, { districts }: Pick<Profile, "districts">): Promise<void> {
  const first = districts.items[0];
  if (first === undefined) return;
  const sources = await db.source.findMany({
    where: { district: null, deviceRecords: { some: { createdBy: null } } },
    select: { id: true },
    take: 50,
  });
  for (const { id } of sources)
    await db.$transaction(async (tx) => {
      const log = await tx.custody.count({ where: { subject: `source:${id}`, action: "source.district_set" } });
      if (log > 0) return;
      const done = await tx.source.updateMany({ where: { id, district: null }, data: { district: first.id } });
      if (done.count === 0) return;
      await appendCustody(tx, {
        action: "source.district_set",
        subject: `source:${id}`,
        actor: { kind: "machine", id: "api", name: "api" },
        detail: { from: null, to: first.id, demo: true },
      });
    });
}
