import type { Prisma } from "@mingcha/infra/db";
import { type FieldState, fieldStateCodes, fieldTargetKindCodes, foldDecisions } from "@mingcha/models/field";
import type { FieldItem, FieldList, FieldWaiting } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { readCursor } from "../trucks/list-trips.ts";
import { loadCarriers } from "./load-clip.ts";
import { loadTargets } from "./load-targets.ts";
import { rowOf } from "./match-clip.ts";

interface Query {
  readonly state: FieldState;
  readonly sourceId?: string | undefined;
  readonly officerId?: string | undefined;
  readonly day?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const asked = fieldStateCodes.filter((code) => code !== "FREE");

/** Recordings of work in one state, newest first, with how many there are in the others. */
export async function listRecordings(deps: Pick<Deps, "db" | "profile">, query: Query): Promise<FieldList> {
  const { db } = deps;
  const filter = await whereOf(deps, query);
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const [rows, counts, sources, carried] = await Promise.all([
    db.fieldRecording.findMany({
      where: {
        ...filter,
        state: query.state,
        ...(after === null
          ? {}
          : { OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, clipId: { lt: after.id } }] }),
      },
      orderBy: [{ startedAt: "desc" }, { clipId: "desc" }],
      take: query.limit + 1,
    }),
    db.fieldRecording.groupBy({ by: ["state"], where: { ...filter, state: { in: asked } }, _count: { _all: true } }),
    db.source.findMany({ where: { kind: { in: ["body", "patrol", "gate"] } }, orderBy: { name: "asc" } }),
    db.$queryRaw<{ id: string }[]>`select distinct details ->> 'personId' as id from device_record
      where kind = 'carrier' and details ->> 'personId' is not null`,
  ]);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const names = await namesOf(
    db,
    carried.map(({ id }) => id),
  );
  return {
    items: await viewItems(deps, shown),
    next: last === undefined ? null : `${last.startedAt.toISOString()}_${last.clipId}`,
    counts: Object.fromEntries(
      asked.map((code) => [code, counts.find(({ state }) => state === code)?._count._all ?? 0]),
    ) as FieldList["counts"],
    devices: sources.map(({ id, name }) => ({ id, name: name || id })),
    officers: [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, "zh-CN")),
  };
}

async function whereOf({ db, profile }: Pick<Deps, "db" | "profile">, { sourceId, officerId, day }: Query) {
  const where: Prisma.FieldRecordingWhereInput = {
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(officerId === undefined ? {} : { officerIds: { has: officerId } }),
  };
  if (day === undefined) return where;
  const [span] = await db.$queryRaw<{ from: Date; to: Date }[]>`
    select ${day}::timestamp at time zone ${profile.timezone} as "from", (${day}::timestamp + interval '1 day') at time zone ${profile.timezone} as "to"`;
  return span === undefined ? where : { ...where, startedAt: { gte: span.from, lt: span.to } };
}

type Row = Prisma.FieldRecordingGetPayload<object>;

async function viewItems(deps: Pick<Deps, "db" | "profile">, rows: readonly Row[]): Promise<FieldItem[]> {
  const { db, profile } = deps;
  const ids = rows.map(({ clipId }) => clipId);
  const [clips, said] = await Promise.all([
    db.clip.findMany({ where: { id: { in: ids } }, include: { source: true } }),
    db.fieldDecision.findMany({ where: { clipId: { in: ids } }, orderBy: { ordinal: "asc" } }),
  ]);
  const places = await loadTargets(db, said.map(rowOf));
  const items: FieldItem[] = [];
  for (const row of rows) {
    const clip = clips.find(({ id }) => id === row.clipId);
    if (clip === undefined) continue;
    const fromMs = clip.startedAt.getTime();
    const folded = foldDecisions(said.filter(({ clipId }) => clipId === row.clipId).map(rowOf));
    const wanted = row.state === "MATCHED" ? "linked" : "proposed";
    const targets = [...folded.targets]
      .filter(([, { state }]) => state === wanted)
      .sort(([, a], [, b]) => Number(b.rule?.certainty === "certain") - Number(a.rule?.certainty === "certain"));
    const [first] = targets;
    const kind = first === undefined ? undefined : fieldTargetKindCodes.find((code) => first[0].startsWith(`${code}:`));
    items.push({
      clipId: clip.id,
      state: row.state as FieldState,
      version: row.version,
      sourceId: clip.sourceId,
      sourceName: clip.source.name || clip.sourceId,
      sourceKind: clip.source.kind,
      fileName: clip.fileName,
      timezone: clip.source.timezone || profile.timezone,
      startedAt: clip.startedAt.toISOString(),
      durationMs: clip.durationMs,
      uncertaintyMs: clip.startUncertaintyMs,
      carriers: (
        await loadCarriers(db, clip.sourceId, {
          fromMs,
          toMs: fromMs + clip.durationMs,
          uncertaintyMs: clip.startUncertaintyMs,
        })
      ).map(({ name }) => name),
      targets: targets.length,
      first:
        first === undefined || kind === undefined
          ? null
          : {
              kind,
              place: places.get(first[0])?.place ?? "",
              certainty: (first[1].rule?.certainty ?? null) as "certain" | "possible" | null,
            },
      isGone: clip.deletedAt !== null,
    });
  }
  return items;
}

/** How many recordings wait, of the bureau and of devices that the person carried. */
export async function countWaiting({ db }: Pick<Deps, "db">, person: SignedIn): Promise<FieldWaiting> {
  const [row] = await db.$queryRaw<FieldWaitingRow[]>`
    select count(*) filter (where state = 'PROPOSED')::int as proposed, count(*) filter (where state = 'ORPHAN')::int as orphans,
      count(*) filter (where state = 'PROPOSED' and ${person.id}::uuid = any(officer_ids))::int as own_proposed,
      count(*) filter (where state = 'ORPHAN' and ${person.id}::uuid = any(officer_ids))::int as own_orphans
    from field_recording f where state in ('PROPOSED', 'ORPHAN')
      and not exists (select 1 from field_decision d where d.clip_id = f.clip_id and d.decision = 'nothing' and f.state = 'ORPHAN')`;
  return {
    proposed: row?.proposed ?? 0,
    orphans: row?.orphans ?? 0,
    own: { proposed: row?.own_proposed ?? 0, orphans: row?.own_orphans ?? 0 },
  };
}
interface FieldWaitingRow {
  readonly proposed: number;
  readonly orphans: number;
  readonly own_proposed: number;
  readonly own_orphans: number;
}
