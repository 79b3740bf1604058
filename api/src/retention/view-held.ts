import { loadClipFacts } from "@mingcha/infra/retention";
import type { HeldClipView, RetentionView } from "@mingcha/models/http";
import { type Hold, type HoldKind, holdKindCodes, isDue, retentionOf } from "@mingcha/models/retention";
import type { Deps } from "../deps.ts";

const dayMs = 86_400_000;
/** Of more than this only the oldest are looked at: a page is no report. */
const examinedMax = 2_000;
const batchRows = 200;
const shownMax = 50;

/** Each reason once, with its record where it is one's. */
function reasonsOf(holds: readonly Hold[], records: ReadonlySet<string>): HeldClipView["heldBy"] {
  const told = holds.map(({ kind, of }) => ({ kind, clueId: records.has(of) ? of : null }));
  return told.filter(
    (one, nth) => told.findIndex(({ kind, clueId }) => kind === one.kind && clueId === one.clueId) === nth,
  );
}

/** Recordings past the shortest term that are still there, and why: exactly what the job would say of them. */
export async function viewHeld({
  db,
  profile,
  now,
}: Pick<Deps, "db" | "profile" | "now">): Promise<RetentionView["held"]> {
  const at = now();
  const settings = profile.retention;
  const since = new Date(at.getTime() - settings.publicVideoDays * dayMs);
  const rows = await db.clip.findMany({
    where: { deletedAt: null, startedAt: { lte: since }, receivedAt: { lte: since } },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
    take: examinedMax + 1,
    include: { source: { select: { name: true, timezone: true } } },
  });
  const examined = rows.slice(0, examinedMax);
  const total = { items: 0, bytes: 0 };
  const longer = { items: 0, bytes: 0 };
  const dueNow = { items: 0, bytes: 0 };
  const kinds = new Map<HoldKind, { items: number; bytes: number }>();
  const oldest: HeldClipView[] = [];
  const count = (amount: { items: number; bytes: number }, bytes: number) => {
    amount.items += 1;
    amount.bytes += bytes;
  };
  for (const sourceId of new Set(examined.map((row) => row.sourceId))) {
    const own = examined.filter((row) => row.sourceId === sourceId);
    for (let from = 0; from < own.length; from += batchRows)
      for (const { clip, facts } of await loadClipFacts(db, sourceId, own.slice(from, from + batchRows), at)) {
        const retention = retentionOf(facts, settings, at.getTime());
        const bytes = Number(clip.sizeBytes);
        if (isDue(retention, at.getTime())) {
          count(dueNow, bytes);
          continue;
        }
        count(total, bytes);
        if (retention.heldBy.length === 0) count(longer, bytes);
        for (const kind of new Set(retention.heldBy.map((hold) => hold.kind))) {
          const amount = kinds.get(kind) ?? { items: 0, bytes: 0 };
          kinds.set(kind, amount);
          count(amount, bytes);
        }
        const source = own.find(({ id }) => id === clip.id)?.source;
        const { linked = [], proposed = [] } = facts.field ?? {};
        const records = new Set([
          ...facts.acts.flatMap(({ record }) => record?.id ?? []),
          ...[...linked, ...proposed].map(({ id }) => id),
        ]);
        oldest.push({
          clipId: clip.id,
          sourceName: source?.name || sourceId,
          timezone: source?.timezone ?? profile.timezone,
          startedAt: clip.startedAt.toISOString(),
          sizeBytes: bytes,
          because: retention.because,
          keepUntil: retention.keepUntilMs === null ? null : new Date(retention.keepUntilMs).toISOString(),
          heldBy: reasonsOf(retention.heldBy, records),
        });
      }
  }
  oldest.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return {
    total,
    kinds: holdKindCodes.flatMap((kind) => {
      const amount = kinds.get(kind);
      return amount === undefined ? [] : [{ kind, ...amount }];
    }),
    longer,
    dueNow,
    oldest: oldest.slice(0, shownMax),
    more: rows.length > examinedMax,
  };
}
