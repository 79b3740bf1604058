import { closedCaseStates } from "@mingcha/infra/retention";
import { clueStateCodes } from "@mingcha/models/clue";
import { classOfState } from "@mingcha/models/retention";
import { openDayLimit } from "./day-limit.ts";
import { deleteClips } from "./delete-clips.ts";
import { deletePictures, deleteSmallPictures } from "./delete-pictures.ts";
import { removeBytes } from "./remove-bytes.ts";
import type { RetentionDeps } from "./retention-deps.ts";
import { readRunClock } from "./run-clock.ts";

/** How often what is due is looked for. */
export const retentionEveryMs = 10 * 60_000;
const dayMs = 86_400_000;
/** Candidates asked for at once, and of one source judged in one transaction. */
const pageRows = 200;
const batchRows = 25;

export interface RetentionRun {
  readonly clips: number;
  readonly pictures: number;
  readonly smallPictures: number;
  readonly bytes: number;
}

type Candidate = { id: string; sourceId: string };

/**
 * One run: settles what an earlier one left, deletes whatever is due, and removes its bytes. Goes through everything old enough, page by page,
 * so that what is held keeps nothing behind it waiting. Several machines may run it at once: whoever comes second finds it done. Nothing is done
 * by a clock that cannot be believed, and only so much in a day.
 */
export async function runRetention(given: RetentionDeps): Promise<RetentionRun> {
  const at = await readRunClock(given);
  if (at === null) return { clips: 0, pictures: 0, smallPictures: 0, bytes: 0 };
  const deps = { ...given, now: () => at };
  const before = await removeBytes(deps);
  const room = await openDayLimit(deps);
  const clips = await deleteAll(deps, room, findOldClips(deps), deleteClips);
  const pictures = await deleteAll(deps, room, findOldPictures(deps), deletePictures);
  const smallPictures = await deleteAll(deps, room, findOldSmallPictures(deps), deleteSmallPictures);
  const bytes = before + (await removeBytes(deps));
  if (clips + pictures + smallPictures + bytes > 0)
    deps.log.info({ clips, pictures, smallPictures, bytes }, "deleted what was due");
  return { clips, pictures, smallPictures, bytes };
}

async function deleteAll(
  deps: RetentionDeps,
  room: () => Promise<number>,
  pages: AsyncGenerator<readonly Candidate[]>,
  deleteOf: (deps: RetentionDeps, sourceId: string, ids: readonly string[]) => Promise<number>,
): Promise<number> {
  let deleted = 0;
  for await (const page of pages) {
    const bySource = new Map<string, string[]>();
    for (const { id, sourceId } of page) bySource.set(sourceId, [...(bySource.get(sourceId) ?? []), id]);
    for (const [sourceId, ids] of bySource)
      for (let from = 0; from < ids.length; ) {
        const left = await room();
        if (left === 0) {
          deps.log.warn({ deleted }, "as much as may go in a day is deleted; what is still due waits");
          return deleted;
        }
        const batch = ids.slice(from, from + Math.min(batchRows, left));
        from += batch.length;
        deleted += await deleteOf(deps, sourceId, batch).catch((error: unknown) => {
          deps.log.warn({ err: error, sourceId }, "a batch was not deleted; the next run asks again");
          return 0;
        });
      }
  }
  return deleted;
}

/** Clips past the shortest term, oldest first; what holds them is asked batch by batch. */
async function* findOldClips({ db, settings, now }: RetentionDeps): AsyncGenerator<Candidate[]> {
  const since = new Date(now().getTime() - settings.publicVideoDays * dayMs);
  let after = { at: new Date(0), id: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const rows = await db.$queryRaw<{ id: string; sourceId: string; at: Date }[]>`
      select id::text as id, source_id as "sourceId", started_at as at from clip
      where deleted_at is null and (state = 'DETECTED' or (state = 'QUARANTINED' and let_go_at is not null)) and started_at <= ${since} and received_at <= ${since}
        and (started_at, id) > (${after.at}, ${after.id}::uuid)
      order by started_at, id limit ${pageRows}`;
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = last;
  }
}

/** States of a record in which its pictures have a term; a merged one follows its root. */
const endedStates = clueStateCodes.filter(
  (state) => state === "MERGED" || !["case_file", null].includes(classOfState[state]),
);

/** Pictures of acts whose record has ended or whose case is closed, past the shortest term. */
async function* findOldPictures({ db, settings, now }: RetentionDeps): AsyncGenerator<Candidate[]> {
  const since = new Date(now().getTime() - settings.publicVideoDays * dayMs);
  let after = { at: new Date(0), id: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const rows = await db.$queryRaw<{ id: string; sourceId: string; at: Date }[]>`
      select e.id::text as id, f.source_id as "sourceId", e.captured_at as at from evidence e join flag f on f.id = e.flag_id join clue c on c.flag_id = f.id left join "case" k on k.clue_id = c.id
      where e.deleted_at is null and e.captured_at <= ${since}
        and (c.state::text = any(${endedStates}) or k.state::text = any(${[...closedCaseStates]})) and (e.captured_at, e.id) > (${after.at}, ${after.id}::uuid)
      order by e.captured_at, e.id limit ${pageRows}`;
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = last;
  }
}

async function* findOldSmallPictures({ db, settings, now }: RetentionDeps): AsyncGenerator<Candidate[]> {
  const since = new Date(now().getTime() - settings.smallPictureDays * dayMs);
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await db.$queryRaw<{ id: string; sourceId: string }[]>`
      select e.id::text as id, f.source_id as "sourceId" from evidence e join flag f on f.id = e.flag_id
      where e.small_sha256 is not null and e.deleted_at is not null and e.captured_at <= ${since} and e.id > ${after}::uuid
      order by e.id limit ${pageRows}`;
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = last.id;
  }
}
