import type { RetentionView } from "@mingcha/models/http";
import { isVerifiedTerm, retentionClassCodes, retentionClasses, retentionDuties } from "@mingcha/models/retention";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { viewDisk } from "./disk-forecast.ts";
import { viewFailed } from "./view-failed.ts";
import { viewHeld } from "./view-held.ts";
import { viewHolds } from "./view-holds.ts";

const dayMs = 86_400_000;
/** What is due in the next days. */
const aheadDays = 7;

type Amount = { items: number; bytes: number };

/** What is kept, what is due, what is held and why, what was deleted, and how much room is left. */
export async function viewRetention(deps: Deps, person: SignedIn): Promise<RetentionView> {
  const { db, profile } = deps;
  const now = deps.now();
  const settings = profile.retention;
  const term = `${settings.publicVideoDays} days`;
  const bodyTerm = `${settings.bodyRecordingDays} days`;
  const [disk, clips, pictures, due, held, month, total, bytesWaiting, legalHolds, failed] = await Promise.all([
    viewDisk(deps),
    db.$queryRaw<Amount[]>`
      select count(*)::int as items, coalesce(sum(size_bytes), 0)::float8 as bytes from clip where deleted_at is null`,
    db.$queryRaw<Amount[]>`
      select count(*)::int as items, coalesce(sum(size_bytes), 0)::float8 as bytes from evidence where deleted_at is null`,
    db.$queryRaw<(Amount & { day: string })[]>`
      with term as (
        select size_bytes, greatest(started_at + duration_ms * interval '1 millisecond', received_at)
          + (case when s.kind = 'body' then ${bodyTerm} else ${term} end)::interval as ends
        from clip join source s on s.id = clip.source_id where deleted_at is null and started_at <= ${new Date(now.getTime() - (settings.publicVideoDays - aheadDays) * dayMs)}
      )
      select to_char(ends at time zone ${profile.timezone}, 'YYYY-MM-DD') as day, count(*)::int as items, sum(size_bytes)::float8 as bytes
      from term where ends > ${now} and ends <= ${new Date(now.getTime() + aheadDays * dayMs)} group by 1 order by 1`,
    viewHeld(deps),
    db.$queryRaw<Amount[]>`
      select count(*)::int as items, coalesce(sum(size_bytes), 0)::float8 as bytes from deletion_certificate
      where decided_at > ${new Date(now.getTime() - 30 * dayMs)}`,
    db.deletionCertificate.count(),
    db.deletionCertificate.count({ where: { bytesAt: null } }),
    viewHolds(deps, person),
    viewFailed(db),
  ]);
  const nothing = { items: 0, bytes: 0 };
  return {
    classes: retentionClassCodes.map((code) => {
      const { zh, en, from, deletes, unit, basis, mark, term: field } = retentionClasses[code];
      const length = settings[field];
      return {
        code,
        title: { zh, en },
        from,
        deletes,
        term: length === null ? null : { length, unit },
        basis,
        mark,
        verified: isVerifiedTerm(code, settings),
      };
    }),
    disk,
    kept: { clips: clips[0] ?? nothing, pictures: pictures[0] ?? nothing },
    due,
    held,
    failed,
    deleted: { last30Days: month[0] ?? nothing, total, bytesWaiting },
    legalHolds,
    mayHold: person.duties.some((duty) => (retentionDuties.hold as readonly string[]).includes(duty)),
  };
}
