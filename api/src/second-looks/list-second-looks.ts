import type { Prisma } from "@mingcha/infra/db";
import { type ClueEvent, leastDiscardRate, refusalsOf, secondLookStates, transitionsFrom } from "@mingcha/models/clue";
import type { MergedRate, SecondLookItem, SecondLooksView } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";
import { mayTry } from "../clues/barred-reason.ts";
import { collectFacts, findSampling } from "../clues/collect-facts.ts";
import { clueInclude } from "../clues/load-clue.ts";
import { viewClueItem } from "../clues/view-clue.ts";
import type { Deps } from "../deps.ts";
import { type Bars, loadBars } from "../people/bars.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { countDisagreement } from "./fall-back.ts";
import { resultOf, rowOf } from "./look-of.ts";

/** Rows a page shows of what waits, and of what was looked at. */
const waitingMax = 50;
const givenMax = 20;

const withClue = { clue: { include: clueInclude } } as const satisfies Prisma.SecondLookInclude;
type Row = Prisma.SecondLookGetPayload<{ include: typeof withClue }>;

/** What waits for a second look, oldest first; what was looked at last; sampling as it stands; merged review per violation. */
export async function listSecondLooks(deps: Deps, person: SignedIn): Promise<SecondLooksView> {
  const { db, profile } = deps;
  const [rows, given, sampling, merged] = await Promise.all([
    db.secondLook.findMany({
      where: {
        drawn: true,
        result: null,
        OR: [
          { kind: "discard", clue: { state: "DISCARDED" } },
          { kind: "merged", clue: { state: { in: [...secondLookStates] } } },
        ],
      },
      orderBy: [{ drawnAt: "asc" }, { id: "asc" }],
      take: waitingMax,
      include: withClue,
    }),
    db.secondLook.findMany({
      where: { drawn: true, result: { not: null } },
      orderBy: [{ lookedAt: "desc" }, { id: "asc" }],
      take: givenMax,
      include: withClue,
    }),
    findSampling(deps),
    viewMerged(deps),
  ]);
  // a record that was sent back meanwhile has another round, and another draw
  const waiting = rows.filter((row) => rowOf(row.clue)?.id === row.id);
  const bars = await loadBars(db, person);
  const people = await namesOf(
    db,
    [...waiting, ...given].flatMap((row) => [row.ofPersonId, row.byId]),
  );
  const { discardWorkingDays, mergedRate, window, minLooks, maxDisagreement } = profile.secondLooks;
  return {
    waiting: await Promise.all(waiting.map((row) => view(deps, row, person, { people, bars }))),
    given: await Promise.all(given.map((row) => view(deps, row, person, { people, bars }))),
    sampling: {
      discardRate: sampling.rate,
      leastDiscardRate,
      mergedRate,
      workingDays: discardWorkingDays,
      overdue: sampling.overdue,
      window,
      minLooks,
      maxDisagreement,
    },
    merged,
    mayLift: person.duties.includes("head"),
  };
}

async function view(
  deps: Deps,
  row: Row,
  person: SignedIn,
  { people, bars }: { people: ReadonlyMap<string, string>; bars: Bars },
): Promise<SecondLookItem> {
  return {
    id: row.id,
    kind: row.kind === "discard" ? "discard" : "merged",
    result: resultOf(row),
    of: people.get(row.ofPersonId) ?? row.ofPersonId,
    by: row.byId === null ? null : (people.get(row.byId) ?? row.byId),
    drawnAt: row.drawnAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    overdue: row.result === null && row.dueAt < deps.now(),
    barred: row.result === null ? await barredReason(deps, row, person) : null,
    reasonCode: row.reasonCode,
    clue: viewClueItem(deps, row.clue, person, bars),
  };
}

const agreeing: readonly ClueEvent[] = ["recheck_agree", "second_agree"];

/** What the server would answer to this person's agreeing. */
async function barredReason(deps: Deps, row: Row, person: SignedIn): Promise<{ zh: string; en: string } | null> {
  const arrow = transitionsFrom(row.clue.state).find(({ event }) => agreeing.some((one) => one === event));
  if (arrow === undefined || !mayTry(arrow, person))
    return { zh: "由其他职责的审核员复核", en: "A reviewer of another duty looks at it" };
  const facts = await collectFacts(deps, row.clue, person, { event: arrow.event as ClueEvent, rehash: false });
  const [refusal] = refusalsOf(arrow, facts);
  return refusal === undefined ? null : { zh: refusal.zh, en: refusal.en };
}

/** Merged review of every violation whose policy allows it: how often second looks disagreed, and its fall-backs. */
async function viewMerged({ db, profile }: Deps): Promise<MergedRate[]> {
  const allowed = profile.violations.flatMap(({ code, mergedReview }) =>
    mergedReview === false ? [] : [{ code, approval: mergedReview }],
  );
  const fallbacks = await db.mergedFallback.findMany({
    where: { violation: { in: allowed.map(({ code }) => code) } },
    orderBy: { since: "desc" },
  });
  const people = await namesOf(
    db,
    fallbacks.map(({ liftedBy }) => liftedBy),
  );
  return Promise.all(
    allowed.map(async ({ code, approval }) => {
      const { looked, disagreed, rate } = await countDisagreement(db, profile, code);
      const own = fallbacks.filter(({ violation }) => violation === code);
      const now = own.find(({ liftedAt }) => liftedAt === null);
      return {
        violation: code,
        violationTitle: findViolation(code)?.title ?? { zh: code, en: code },
        approval,
        looked,
        disagreed,
        rate,
        fallback:
          now === undefined
            ? null
            : {
                id: now.id,
                since: now.since.toISOString(),
                zh: `最近 ${now.looked} 次复核中 ${now.disagreed} 次不同意`,
                en: `${now.disagreed} of the last ${now.looked} second looks disagreed`,
              },
        lifted: own.flatMap((row) =>
          row.liftedAt === null
            ? []
            : [
                {
                  id: row.id,
                  since: row.since.toISOString(),
                  liftedAt: row.liftedAt.toISOString(),
                  by: people.get(row.liftedBy ?? "") ?? "",
                  reason: row.liftReason ?? "",
                },
              ],
        ),
      };
    }),
  );
}
