import { appendCustody } from "@mingcha/infra/custody";
import { type DatabaseOrTransaction, isDuplicate, type Prisma } from "@mingcha/infra/db";
import { findSameVehicle, isSameAct, isStanding, joiningMotion, openStates } from "@mingcha/models/clue";
import { dueDate, localDay } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { findRivals, findVehicles, vehicleInclude, vehicleOf } from "./find-vehicles.ts";
import { firstState, partVehicles } from "./part-vehicles.ts";
import { rankByFacts } from "./set-priority.ts";

const machine = { kind: "machine", id: "api", name: "api" } as const;

/** Flags opened in one go. */
export const openPage = 200;

const flagInclude = { source: true, ...vehicleInclude } as const satisfies Prisma.FlagInclude;
type NewFlag = Prisma.FlagGetPayload<{ include: typeof flagInclude }>;

/**
 * Gives every flag its clue (RECEIVED → PRESCREEN or TECH_REVIEW, or MERGED into the clue of the same act, guard G-05),
 * and lets clues that nobody reviewed yet follow their flag's times. Safe to run at any moment and in several processes:
 * the flag's id is unique in `clue`, and clues of one violation and place are opened one at a time. With `since` only flags that are new or
 * changed since then are looked at: a sweep every second must not go through a million of them.
 */
export async function openClues(deps: Deps, since?: Date): Promise<number> {
  const { db } = deps;
  const flags = await db.flag.findMany({
    where: { clue: null, ...(since === undefined ? {} : { createdAt: { gte: since } }) },
    orderBy: [{ from: "asc" }, { id: "asc" }],
    take: openPage,
    include: flagInclude,
  });
  for (const flag of flags) {
    try {
      await db.$transaction((tx) => openClue(tx, deps, flag));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  // Before a person has judged it, a clue shows the act as far as it is known; afterwards what was judged stays, and what was corrected.
  await db.$executeRaw`
    update clue set from_at = f.from_at, to_at = f.to_at, updated_at = now()
    from flag f where f.id = clue.flag_id and f.updated_at >= ${since ?? new Date(0)} and clue.state in ('PRESCREEN', 'TECH_REVIEW') and (clue.from_at <> f.from_at or clue.to_at <> f.to_at)
      and not exists (select 1 from correction c where c.clue_id = clue.id and c.field in ('from', 'to'))`;
  await partVehicles(deps, since);
  return flags.length;
}

async function openClue(tx: DatabaseOrTransaction, { profile }: Deps, flag: NewFlag): Promise<void> {
  const { violation, place } = flag;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`act:${violation}:${place}`}, 0))`;
  const stands = isStanding(joiningMotion(findViolation(violation)));
  const mergedIntoId = stands ? await findOpenAct(tx, flag) : await findVehicleRecord(tx, flag);
  const captured = localDay(flag.to, flag.source.timezone);
  const due = dueDate(profile, captured, profile.review.dueWorkingDays, "working_day").day;
  const dueAt = new Date(`${due}T15:59:59Z`);
  const state = mergedIntoId !== null ? "MERGED" : firstState(profile);
  const clue = await tx.clue.create({
    data: {
      flagId: flag.id,
      state,
      violation,
      sourceId: flag.sourceId,
      place,
      from: flag.from,
      to: flag.to,
      mergedIntoId,
      dueAt,
      ...rankByFacts({ violation, round: 1, dueAt, sourceKind: flag.source.kind }),
    },
  });
  await appendCustody(tx, {
    action: "clue.opened",
    subject: `clue:${clue.id}`,
    actor: machine,
    detail: { flagId: flag.id, state, mergedInto: mergedIntoId },
  });
}

/**
 * The open clue whose act this flag is a sighting of, or null. A clue that a person has closed takes nothing more: what is seen
 * after correction, decision or rejection is a new act. What stands lasts from its first to its last sighting by any source, so
 * a chain of sightings stays one act however long nobody decides on it.
 */
async function findOpenAct(tx: DatabaseOrTransaction, flag: NewFlag): Promise<string | null> {
  const { violation, place } = flag;
  const open = await tx.clue.findMany({
    where: { violation, place, state: { in: openStates } },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  // A reviewer may have named the place or the violation of this very act otherwise: the machine goes on naming it as it did.
  const renamed = await tx.correction.findMany({
    where: {
      OR: [
        { field: "place", oldValue: place },
        { field: "violation", oldValue: violation },
      ],
      clue: { state: { in: openStates }, flag: { violation, place } },
    },
    orderBy: { createdAt: "asc" },
    select: { clueId: true },
  });
  const ids = [...new Set([...open.map(({ id }) => id), ...renamed.map(({ clueId }) => clueId)])];
  if (ids.length === 0) return null;
  const spans = await tx.$queryRaw<{ id: string; from: Date; to: Date }[]>`
    select coalesce(c.merged_into_id, c.id)::text as id, min(f.from_at) as "from", max(f.to_at) as "to"
    from clue c join flag f on f.id = c.flag_id
    where c.id = any(${ids}::uuid[]) or c.merged_into_id = any(${ids}::uuid[])
    group by 1`;
  const seen = { violation, place, fromMs: flag.from.getTime(), toMs: flag.to.getTime() };
  for (const id of ids) {
    const span = spans.find((item) => item.id === id);
    if (span === undefined) continue;
    const known = { violation, place, fromMs: span.from.getTime(), toMs: span.to.getTime() };
    if (isSameAct(known, seen) && (await holdOpen(tx, id))) return id;
  }
  return null;
}

/**
 * The open clue of the very vehicle that this flag saw, or null: each is an offender of its own. A record that a reviewer has renamed is asked
 * for under two places, each with a lock of its own; so the one that is chosen is held, and asked once more whether it still takes this sighting.
 */
async function findVehicleRecord(tx: DatabaseOrTransaction, flag: NewFlag): Promise<string | null> {
  const choose = async (): Promise<string | null> => {
    const records = await findVehicles(tx, flag);
    if (records.length === 0) return null;
    return findSameVehicle(vehicleOf(flag), records, await findRivals(tx, flag, records))?.id ?? null;
  };
  const id = await choose();
  return id !== null && (await holdOpen(tx, id)) && (await choose()) === id ? id : null;
}

/** Held until the sighting is in it: a verdict given at this moment closes the clue before or after, never in between; so does another sighting. */
async function holdOpen(tx: DatabaseOrTransaction, id: string): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from clue where id = ${id}::uuid and state::text = any(${openStates}) for no key update`;
  return held.length > 0;
}
