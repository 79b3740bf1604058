import type { ClueItem } from "@mingcha/models/http";
import { barredReason } from "../clues/barred-reason.ts";
import { viewClueItem } from "../clues/view-clue.ts";
import type { Deps } from "../deps.ts";
import type { Bars } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { dressSeed, type LoadedSeed, loadSeed, type SeededStage, seededStages } from "./open-seeded.ts";
import { drawn, placeSeeded } from "./place-seeded.ts";

interface ListFilter {
  readonly states: readonly string[];
  readonly violation?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly q?: string | undefined;
  readonly order: "newest" | "oldest" | "due";
}

/**
 * Mixes one known item into the first page of a reviewer's queue, at the bureau's share. Whether one is due is drawn anew after each of the
 * reviewer's verdicts, the same for every reading in between, so that nobody can count down to it; its dates lie between those of
 * the records around it. An empty queue gets none.
 */
export async function mixSeeded(
  deps: Deps,
  items: readonly ClueItem[],
  filter: ListFilter,
  { person, bars }: { person: SignedIn; bars: Bars },
): Promise<{ items: ClueItem[]; mixed: { state: string } | null }> {
  const share = deps.profile.review.seededShare;
  const unmixed = { items: [...items], mixed: null };
  if (share === 0 || items.length === 0) return unmixed;
  for (const stage of Object.keys(seededStages) as SeededStage[]) {
    const { state, duty } = seededStages[stage];
    const neighbour = items[0];
    if (!filter.states.includes(state) || !person.duties.includes(duty) || neighbour === undefined) continue;
    if (!(await isDue(deps, stage, person, share))) continue;
    const seed = await drawSeed(deps, stage, filter, { person, bars });
    if (seed === null) continue;
    const dressed = viewClueItem(deps, dressSeed(seed, person), person, bars);
    const place = placeSeeded(items, filter.order, {
      key: `${seed.id}:${neighbour.id}`,
      level: dressed.priority.level,
      now: deps.now(),
    });
    if (place === null) continue;
    const item: ClueItem = { ...dressed, createdAt: place.createdAt, dueAt: place.dueAt };
    return { items: [...items.slice(0, place.at), item, ...items.slice(place.at)], mixed: { state } };
  }
  return unmixed;
}

/** Whether a person is to meet an item now. */
async function isDue({ db }: Pick<Deps, "db">, stage: SeededStage, person: SignedIn, share: number): Promise<boolean> {
  const [reviews, answers] = await Promise.all([
    db.review.count({ where: { reviewerId: person.id } }),
    db.seededAnswer.count({ where: { personId: person.id } }),
  ]);
  return drawn(`${person.id}:${stage}:${reviews}:${answers}`) < share;
}

/** The next item that a person does not know and may act on, or null: one that they could not answer would stand there for good. */
async function drawSeed(
  deps: Deps,
  stage: SeededStage,
  filter: ListFilter,
  { person, bars }: { person: SignedIn; bars: Bars },
): Promise<LoadedSeed | null> {
  const candidates = await deps.db.seededItem.findMany({
    where: {
      stage,
      withdrawnAt: null,
      answers: { none: { personId: person.id } },
      clue: {
        reviews: { none: { reviewerId: person.id } },
        ...(person.districts.length === 0 ? {} : { flag: { source: { district: { in: [...person.districts] } } } }),
        ...(filter.violation === undefined ? {} : { violation: filter.violation }),
        ...(filter.sourceId === undefined ? {} : { sourceId: filter.sourceId }),
        ...(filter.q?.trim() ? { place: { contains: filter.q.trim() } } : {}),
      },
    },
    select: { id: true },
  });
  const inOrder = candidates.map(({ id }) => ({ id, at: drawn(`${person.id}:${id}`) })).sort((a, b) => a.at - b.at);
  for (const { id } of inOrder) {
    const seed = await loadSeed(deps.db, id);
    if (barredReason(deps, dressSeed(seed, person), person, bars) === null) return seed;
  }
  return null;
}
