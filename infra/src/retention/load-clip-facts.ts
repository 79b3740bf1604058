import type { KeptFacts, Looked } from "@mingcha/models/retention";
import { sampleAskedForDays } from "@mingcha/models/statistics";
import type { ClipModel, DatabaseOrTransaction } from "../db/index.ts";
import { type LoadedAct, loadActs } from "./load-acts.ts";
import { loadField } from "./load-field.ts";
import { loadHolds } from "./load-holds.ts";

export interface ClipFacts {
  readonly clip: ClipModel;
  readonly facts: KeptFacts;
  readonly acts: readonly LoadedAct[];
  /** Every record whose row decides how long it stays. */
  readonly clueIds: readonly string[];
}

/** A recording that could not be analysed is let go by a person (api/src/retention/decide-failed.ts). */
function lookedOf({ state, letGoAt }: Pick<ClipModel, "state" | "letGoAt">): Looked {
  if (state === "DETECTED" || (state === "QUARANTINED" && letGoAt !== null)) return "done";
  return state === "QUARANTINED" ? "failed" : "waiting";
}

const endOf = (clip: ClipModel): number => clip.startedAt.getTime() + clip.durationMs;

/** Everything that says how long clips of one source stay. */
export async function loadClipFacts(
  tx: DatabaseOrTransaction,
  sourceId: string,
  clips: readonly ClipModel[],
  now: Date,
): Promise<ClipFacts[]> {
  if (clips.length === 0) return [];
  const ids = clips.map(({ id }) => id);
  const span = {
    from: new Date(Math.min(...clips.map(({ startedAt }) => startedAt.getTime()))),
    to: new Date(Math.max(...clips.map(endOf))),
  };
  const acts = await loadActs(tx, sourceId, span, ids);
  const fields = await loadField(tx, sourceId, ids);
  const holds = await loadHolds(
    tx,
    sourceId,
    [...acts, ...fields.values()].flatMap(({ clueIds }) => clueIds),
  );
  const samples = await loadWaitingSamples(tx, ids, now);
  return clips.map((clip) => {
    const fromMs = clip.startedAt.getTime();
    const toMs = endOf(clip);
    const own = acts.filter((act) => act.clipIds.has(clip.id) || (act.fromMs <= toMs && act.toMs >= fromMs));
    const field = fields.get(clip.id);
    const clueIds = [...own, ...(field === undefined ? [] : [field])].flatMap((one) => one.clueIds);
    return {
      clip,
      acts: own,
      clueIds,
      facts: {
        ...(field === undefined ? {} : { field: field.facts }),
        capturedToMs: toMs,
        receivedMs: clip.receivedAt.getTime(),
        looked: lookedOf(clip),
        acts: own.map(({ facts }) => facts),
        samplesWaiting: samples.flatMap(({ id, clipId }) => (clipId === clip.id ? [id] : [])),
        legalHolds: holds.filter((hold) =>
          hold.covers({
            fromMs,
            toMs,
            uncertaintyMs: clip.startUncertaintyMs,
            clueIds,
          }),
        ),
      },
    };
  });
}

/** Drawn looks that somebody is still asked about: one clear answer is enough, two for the first of each drawing (api's next-sample). */
async function loadWaitingSamples(
  tx: DatabaseOrTransaction,
  clipIds: readonly string[],
  now: Date,
): Promise<{ id: string; clipId: string }[]> {
  const since = new Date(now.getTime() - sampleAskedForDays * 86_400_000);
  return tx.$queryRaw<{ id: string; clipId: string }[]>`
    select s.id::text as id, s.clip_id::text as "clipId"
    from look_sample s join look_draw d on d.id = s.draw_id
      left join lateral (
        select count(*) filter (where a.answer <> 'cannot_tell') as clear, count(*) as given from look_answer a where a.sample_id = s.id
      ) said on true
    where s.clip_id = any(${[...clipIds]}::uuid[]) and d.drawn_at >= ${since}
      and said.clear < (case when s.ordinal = 1 then 2 else 1 end) and said.given < (case when s.ordinal = 1 then 3 else 2 end)`;
}
