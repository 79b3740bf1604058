import type { Database } from "@mingcha/infra/db";
import { freeBytes } from "@mingcha/infra/storage";
import type { Figure } from "@mingcha/infra/watch";
import { streamStateCodes } from "@mingcha/models/streams";
import { readDockFigures } from "./dock-figures.ts";

interface Waiting {
  readonly intakes: number;
  readonly intakeS: number;
  readonly uploads: number;
  readonly clips: number;
  readonly clipS: number;
  readonly leased: number;
  readonly machines: number;
  readonly custody: number;
}

/**
 * How much waits and for how long, what comes in, and how full the disk is: for autoscaling and alarms. Counts, ages and codes only, no ids
 * and no names. Each is one walk along an index of what is unfinished, however much is finished. Ages are by the database's clock; nothing
 * waiting is an age of 0.
 */
export async function readFigures(db: Database, dataFolder: string): Promise<Figure[]> {
  const [[waiting], streams, free] = await Promise.all([
    db.$queryRaw<Waiting[]>`
      select i.n as intakes, i.age as "intakeS", u.n as uploads, c.n as clips, c.age as "clipS", c.leased,
        (select count(*)::int from ingest_machine where seen_at > now() - interval '15 seconds') as machines,
        (select coalesce(max(seq), 0)::float8 from custody) as custody
      from
        (select count(*)::int as n, coalesce(greatest(extract(epoch from now() - min(created_at)), 0), 0)::float8 as age
         from intake where state = 'WAITING') i,
        (select count(*)::int as n from upload where state = 'RECEIVED') u,
        (select count(*) filter (where not held)::int as n, count(*) filter (where held)::int as leased,
           coalesce(greatest(extract(epoch from now() - min(received_at) filter (where not held)), 0), 0)::float8 as age
         from (select received_at, lease_until is not null and lease_until > now() as held from clip where state = 'STORED') s) c`,
    db.streamStanding.groupBy({ by: ["state"], _count: true }),
    freeBytes(dataFolder).catch(() => null),
  ]);
  if (waiting === undefined) throw new Error("the figures gave no row");
  const one = (name: string, help: string, value: number): Figure => ({ name, help, samples: [{ value }] });
  return [
    one("mingcha_intake_waiting", "Files that have arrived and are not stored yet", waiting.intakes),
    one("mingcha_intake_oldest_waiting_seconds", "Age of the oldest of them", waiting.intakeS),
    one("mingcha_upload_waiting", "Whole uploads that no ingest has taken yet", waiting.uploads),
    one("mingcha_clip_waiting", "Stored clips that no detector is at", waiting.clips),
    one("mingcha_clip_oldest_waiting_seconds", "Age of the oldest of them since it arrived", waiting.clipS),
    one("mingcha_clip_leased", "Clips that a detector is at", waiting.leased),
    {
      name: "mingcha_stream_sources",
      help: "Live sources by state",
      samples: streamStateCodes.map((state) => ({
        labels: { state },
        value: streams.find((row) => row.state === state)?._count ?? 0,
      })),
    },
    one("mingcha_ingest_machines", "Ingest processes that gave a sign of life lately", waiting.machines),
    one("mingcha_custody_head_sequence", "Number of the newest entry of the custody log", waiting.custody),
    {
      name: "mingcha_free_bytes",
      help: "Free space where uploads wait",
      samples: free === null ? [] : [{ value: free }],
    },
    ...(await readDockFigures(db)),
  ];
}
