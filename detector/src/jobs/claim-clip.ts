import { randomUUID } from "node:crypto";
import { appendCustody } from "@mingcha/infra/custody";
import type { Database } from "@mingcha/infra/db";

/** A clip that this process may work on until the lease ends; only the holder of the newest token may finish it. */
export interface ClipLease {
  readonly clipId: string;
  readonly token: string;
}

/** How long a silent holder keeps others out. Renewed while work goes on, so a killed process costs this long at most. */
const leaseMs = 20_000;
/** Attempts that ended without a result before a person has to look. A kill counts: it may be the clip that kills. */
const attemptsMax = 6;

export const machine = { kind: "machine", id: "detector", name: "detector" } as const;

/**
 * Takes a lease on a clip that waits for its looks. Null: already done, or another process is at it, or it was quarantined
 * just now because it never came to an end. Attempts are counted here, in the row, whatever the queue thinks.
 */
export async function claimClip(db: Database, clipId: string): Promise<ClipLease | null> {
  const token = randomUUID();
  const claimed = await db.$queryRaw<{ attempts: number }[]>`
    update clip set lease_token = ${token}, lease_until = now() + ${leaseMs} * interval '1 millisecond', detect_attempts = detect_attempts + 1
    where id = ${clipId}::uuid and state = 'STORED' and (lease_until is null or lease_until < now())
    returning detect_attempts as attempts`;
  const [row] = claimed;
  if (row === undefined) return null;
  if (row.attempts <= attemptsMax) return { clipId, token };
  await quarantineClip(
    db,
    { clipId, token },
    {
      code: "attempts_used_up",
      zh: `分析 ${attemptsMax} 次均未完成，已隔离待人工检查`,
      en: `Analysis did not come to an end in ${attemptsMax} attempts; a person has to look`,
    },
  );
  return null;
}

/** Extends a lease. False: another process took over, this one must stop and write nothing. */
export async function renewLease(db: Database, lease: ClipLease): Promise<boolean> {
  const changed =
    await db.$executeRaw`update clip set lease_until = now() + ${leaseMs} * interval '1 millisecond' where id = ${lease.clipId}::uuid and lease_token = ${lease.token} and state = 'STORED'`;
  return changed === 1;
}

/** Gives a clip back at once, for the next attempt. */
export async function releaseLease(db: Database, lease: ClipLease): Promise<void> {
  await db.$executeRaw`update clip set lease_token = null, lease_until = null where id = ${lease.clipId}::uuid and lease_token = ${lease.token}`;
}

/** Puts a clip aside with its reason; it stays listed and its bytes stay in the store, held as not looked at (models/retention). */
export async function quarantineClip(
  db: Database,
  lease: ClipLease,
  reason: { code: string; zh: string; en: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const changed = await tx.clip.updateMany({
      where: { id: lease.clipId, leaseToken: lease.token, state: "STORED" },
      data: {
        state: "QUARANTINED",
        reasonCode: reason.code,
        reasonZh: reason.zh,
        reasonEn: reason.en,
        leaseToken: null,
        leaseUntil: null,
      },
    });
    if (changed.count === 1)
      await appendCustody(tx, {
        action: "clip.quarantined",
        subject: `clip:${lease.clipId}`,
        actor: machine,
        detail: { reason: reason.code },
      });
  });
}
