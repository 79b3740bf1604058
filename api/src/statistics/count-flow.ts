import { type Database, Prisma } from "@mingcha/infra/db";
import { type ClueState, clueStates, reasonedStates, reasonTextIn } from "@mingcha/models/clue";
import type { PrecisionRow, StatisticsView } from "@mingcha/models/http";
import { countOutcomes, type PrecisionGroup, precisionOf } from "@mingcha/models/statistics";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import type { Period } from "./period.ts";

/** What a clue is grouped by. The hour is that of the act's beginning, in the bureau's time zone. */
const keyOf: Record<PrecisionGroup, (period: Period) => { key: Prisma.Sql; join: Prisma.Sql }> = {
  camera: () => ({ key: Prisma.sql`c.source_id`, join: Prisma.empty }),
  violation: () => ({ key: Prisma.sql`c.violation`, join: Prisma.empty }),
  hour: ({ timezone }) => ({
    key: Prisma.sql`extract(hour from c.from_at at time zone ${timezone})::int::text`,
    join: Prisma.empty,
  }),
  model: () => ({
    key: Prisma.sql`coalesce(f.model_id || ' ' || left(f.model_sha256, 8), '')`,
    join: Prisma.sql`left join flag f on f.id = c.flag_id`,
  }),
};

type Cell = { key: string; state: ClueState; reason: string | null; count: number };

/** Clues opened in a period, per key, state and, where one was given, reason. */
async function countCells(db: Database, period: Period, group: PrecisionGroup): Promise<Cell[]> {
  const { key, join } = keyOf[group](period);
  return db.$queryRaw<Cell[]>`
    select ${key} as key, c.state::text as state,
      case when c.state::text = any(${reasonedStates}) then c.close_reason end as reason,
      count(*)::int as count
    from clue c ${join}
    where c.created_at >= ${period.start} and c.created_at < ${period.end}
    group by 1, 2, 3`;
}

type Flow = Pick<StatisticsView, "outcomes" | "states" | "overall" | "precision" | "reasons">;

/** What became of the clues of a period, precision as a whole and by one group, and the reasons people gave. */
export async function countFlow(
  { db, profile }: Pick<Deps, "db" | "profile">,
  period: Period,
  group: PrecisionGroup,
): Promise<Flow> {
  const { minDecided } = profile.statistics;
  const cells = await countCells(db, period, group);
  const states = new Map<ClueState, number>();
  const reasons = new Map<string, Flow["reasons"][number]>();
  const keys = new Map<string, [ClueState, number][]>();
  for (const { key, state, reason, count } of cells) {
    states.set(state, (states.get(state) ?? 0) + count);
    const found = keys.get(key);
    if (found === undefined) keys.set(key, [[state, count]]);
    else found.push([state, count]);
    if (reason === null) continue;
    const id = `${state} ${reason}`;
    const known = reasons.get(id);
    const { zh, en } = reasonTextIn(state, reason, profile.closingReasons) ?? same(reason);
    reasons.set(id, {
      state,
      stateTitle: titleOf(state),
      reasonCode: reason,
      title: { zh, en },
      count: (known?.count ?? 0) + count,
    });
  }
  const outcomes = countOutcomes(states);
  const titles = await titlesOf(db, group);
  const rows = [...keys].map(([key, counts]): PrecisionRow => {
    const own = countOutcomes(counts);
    return { key, title: titles(key), ...precisionOf(own, minDecided), outcomes: own };
  });
  return {
    outcomes,
    states: (Object.keys(clueStates) as ClueState[]).flatMap((state) => {
      const count = states.get(state) ?? 0;
      return count === 0 ? [] : [{ state, title: titleOf(state), count }];
    }),
    overall: precisionOf(outcomes, minDecided),
    precision: rows.sort((a, b) => order(a.title.zh, b.title.zh) || order(a.key, b.key)),
    reasons: [...reasons.values()].sort((a, b) => order(a.state, b.state) || b.count - a.count),
  };
}

/** By name, numbers in them by size. */
const collator = new Intl.Collator("zh-CN", { numeric: true });
const order = (a: string, b: string): number => collator.compare(a, b);

function titleOf(state: ClueState): { zh: string; en: string } {
  const { zh, en } = clueStates[state];
  return { zh, en };
}

async function titlesOf(db: Database, group: PrecisionGroup): Promise<(key: string) => { zh: string; en: string }> {
  if (group === "violation") return (key) => findViolation(key)?.title ?? same(key);
  if (group === "hour") return (key) => same(`${key.padStart(2, "0")}:00`);
  if (group === "model") return (key) => (key === "" ? { zh: "无模型", en: "No model" } : same(key));
  const sources = await db.source.findMany({ select: { id: true, name: true } });
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  return (key) => same(names.get(key) || key);
}

const same = (text: string) => ({ zh: text, en: text });
