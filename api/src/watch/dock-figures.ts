import type { Database } from "@mingcha/infra/db";
import type { Figure } from "@mingcha/infra/watch";
import { dockLimits } from "@mingcha/models/dock";

interface Row {
  readonly connected: number;
  readonly online: number;
  readonly offline: number;
  readonly waiting: number;
  readonly oldestS: number;
}

/** Whether docks are heard, and what of theirs waits; without a registered dock there is nothing to say. */
export async function readDockFigures(db: Database): Promise<Figure[]> {
  const [row] = await db.$queryRaw<Row[]>`
    select
      (select count(*)::int from dock_link where state = 'connected' and lease_until > now()) as connected,
      d.online, d.n - d.online as offline, f.n as waiting, f.age as "oldestS"
    from
      (select count(*)::int as n, count(*) filter (
         where s.last_message_at > now() - make_interval(secs => ${dockLimits.offlineAfterMs / 1_000}))::int as online
       from dock left join dock_standing s using (sn) where enabled) d,
      (select count(*)::int as n, coalesce(greatest(extract(epoch from now() - min(state_at)), 0), 0)::float8 as age
       from dock_file where state in ('noticed', 'verified')) f`;
  if (row === undefined || row.online + row.offline === 0) return [];
  return [
    {
      name: "mingcha_dock_broker_connected",
      help: "1 while a machine is connected to the docks' broker",
      samples: [{ value: row.connected }],
    },
    {
      name: "mingcha_docks",
      help: "Docks in use by whether they speak",
      samples: [
        { labels: { state: "online" }, value: row.online },
        { labels: { state: "offline" }, value: row.offline },
      ],
    },
    {
      name: "mingcha_dock_files_waiting",
      help: "Files of docks that were announced or found and are not taken in yet",
      samples: [{ value: row.waiting }],
    },
    {
      name: "mingcha_dock_file_oldest_waiting_seconds",
      help: "Since when the oldest of them stands where it stands",
      samples: [{ value: row.oldestS }],
    },
  ];
}
