import type { ActFacts, RecordFacts } from "@mingcha/models/retention";
import type { LeadState } from "@mingcha/models/trips";
import type { CaseState, DatabaseOrTransaction, Prisma } from "../db/index.ts";

/** Evidence is cut from looks so far outside of an act (detector's cut-evidence). */
export const cutMarginMs = 120_000;
/** States of a case in which it is closed: none yet, so whatever became a case stays. A state that is added and closes a case gets its line here. */
export const closedCaseStates: readonly CaseState[] = [];

const include = {
  clue: {
    include: {
      case: { select: { id: true, state: true, updatedAt: true } },
      secondLooks: { where: { drawn: true, result: null }, select: { id: true } },
      seededItems: { where: { withdrawnAt: null }, select: { id: true } },
      dissuasions: { where: { lookClipId: { not: null } }, select: { lookClipId: true } },
    },
  },
  evidence: { select: { clipId: true } },
} as const satisfies Prisma.FlagInclude;
type LoadedFlag = Prisma.FlagGetPayload<{ include: typeof include }>;
type LoadedClue = NonNullable<LoadedFlag["clue"]>;

/** An act with where it lies and which recordings it rests on. */
export interface LoadedAct {
  readonly facts: ActFacts;
  readonly fromMs: number;
  readonly toMs: number;
  readonly clipIds: ReadonlySet<string>;
  /** The record and those it was merged into. */
  readonly clueIds: readonly string[];
}

/**
 * Acts of a source that touch a stretch of time, or rest on one of the clips otherwise (a picture cut of it, a look after the time allowed), with
 * what is decided of them.
 */
export async function loadActs(
  tx: DatabaseOrTransaction,
  sourceId: string,
  span: { from: Date; to: Date },
  clipIds: readonly string[],
): Promise<LoadedAct[]> {
  const from = new Date(span.from.getTime() - cutMarginMs);
  const to = new Date(span.to.getTime() + cutMarginMs);
  const ids = [...clipIds];
  const flags = await tx.flag.findMany({
    where: {
      OR: [
        { sourceId, from: { lte: to }, to: { gte: from } },
        { sourceId, clue: { from: { lte: to }, to: { gte: from } } },
        { evidence: { some: { clipId: { in: ids } } } },
        { clue: { dissuasions: { some: { lookClipId: { in: ids } } } } },
      ],
    },
    include,
  });
  return readActs(tx, flags);
}

/** Acts by the ids of their flags. */
export async function loadActsOf(tx: DatabaseOrTransaction, flagIds: readonly string[]): Promise<LoadedAct[]> {
  return readActs(tx, await tx.flag.findMany({ where: { id: { in: [...flagIds] } }, include }));
}

async function readActs(tx: DatabaseOrTransaction, flags: readonly LoadedFlag[]): Promise<LoadedAct[]> {
  const roots = await loadRoots(tx, flags);
  const suppressions =
    flags.length === 0
      ? []
      : await tx.suppression.findMany({
          where: { revokedAt: null, flagIds: { hasSome: flags.map(({ id }) => id) } },
          select: { flagIds: true, validUntil: true },
        });
  const leads = await loadOpenLeads(
    tx,
    flags.map(({ id }) => id),
  );
  return flags.map((flag) => {
    const { clue } = flag;
    const chain = clue === null ? [] : [clue, ...(roots.get(clue.id) ?? [])];
    const until = suppressions.flatMap(({ flagIds, validUntil }) =>
      flagIds.includes(flag.id) ? [validUntil.getTime()] : [],
    );
    const starts = [flag.from, ...chain.slice(0, 1).map((one) => one.from)];
    const ends = [flag.to, ...chain.slice(0, 1).map((one) => one.to)];
    return {
      facts: {
        flagId: flag.id,
        record: recordOf(chain),
        picturesDue: flag.evidenceTo === null || (flag.ended && flag.evidenceTo < flag.to),
        suppressedUntilMs: until.length === 0 ? null : Math.max(...until),
        leadsOpen: leads.flatMap(({ id, flagId }) => (flagId === flag.id ? [id] : [])),
      },
      fromMs: Math.min(...starts.map((at) => at.getTime())) - cutMarginMs,
      toMs: Math.max(...ends.map((at) => at.getTime())) + cutMarginMs,
      clipIds: new Set([
        ...flag.evidence.map(({ clipId }) => clipId),
        ...chain.flatMap(({ dissuasions }) => dissuasions.flatMap(({ lookClipId }) => lookClipId ?? [])),
      ]),
      clueIds: chain.map(({ id }) => id),
    };
  });
}

/** What stands of records by their ids, followed to what they were merged into. */
export async function loadRecords(
  tx: DatabaseOrTransaction,
  clueIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly record: RecordFacts; readonly clueIds: readonly string[] }>> {
  if (clueIds.length === 0) return new Map();
  const clues = await tx.clue.findMany({
    where: { id: { in: [...new Set(clueIds)] } },
    include: { ...include.clue.include, flag: { include } },
  });
  const roots = await loadRoots(
    tx,
    clues.map(({ flag }) => flag),
  );
  return new Map(
    clues.flatMap((clue) => {
      const chain = [clue, ...(roots.get(clue.id) ?? [])];
      const record = recordOf(chain);
      return record === null ? [] : [[clue.id, { record, clueIds: chain.map(({ id }) => id) }] as const];
    }),
  );
}

const openLeadStates: readonly LeadState[] = ["NEW", "TAKEN_UP"];

/** Leads about trucks that somebody still works from, whether comparing finds them still or not, with the flags among their trip's rows: those it was decided on, and those found since. */
async function loadOpenLeads(
  tx: DatabaseOrTransaction,
  flagIds: readonly string[],
): Promise<{ id: string; flagId: string }[]> {
  if (flagIds.length === 0) return [];
  return tx.$queryRaw<{ id: string; flagId: string }[]>`
    select l.id::text as id, f.id as "flagId"
    from truck_lead l cross join lateral jsonb_array_elements_text(
      coalesce(l.document -> 'flagIds', '[]') || coalesce(l.document #> '{since,flagIds}', '[]')) f(id)
    where l.state = any(${[...openLeadStates]}) and f.id = any(${[...flagIds]})`;
}

/** Records that records were merged into, nearest first. A chain is short: only an open record takes another in. */
async function loadRoots(tx: DatabaseOrTransaction, flags: readonly LoadedFlag[]): Promise<Map<string, LoadedClue[]>> {
  const chains = new Map<string, LoadedClue[]>();
  let open = flags.flatMap(({ clue }) => (clue?.mergedIntoId ? [{ of: clue.id, next: clue.mergedIntoId }] : []));
  for (let depth = 0; open.length > 0 && depth < 10; depth += 1) {
    const rows = await tx.clue.findMany({
      where: { id: { in: [...new Set(open.map(({ next }) => next))] } },
      include: include.clue.include,
    });
    open = open.flatMap(({ of, next }) => {
      const row = rows.find(({ id }) => id === next);
      if (row === undefined) return [];
      chains.set(of, [...(chains.get(of) ?? []), row]);
      return row.mergedIntoId === null ? [] : [{ of, next: row.mergedIntoId }];
    });
  }
  return chains;
}

/** What the last record of a chain says, held by whatever holds one on the way. */
function recordOf(chain: readonly LoadedClue[]): RecordFacts | null {
  const last = chain.at(-1);
  if (last === undefined) return null;
  return {
    id: last.id,
    state: last.state,
    changedMs: Math.max(...chain.map(({ updatedAt }) => updatedAt.getTime())),
    secondLookWaiting: chain.some(({ secondLooks }) => secondLooks.length > 0),
    knownItem: chain.some(({ seededItems }) => seededItems.length > 0),
    case:
      last.case === null
        ? null
        : {
            id: last.case.id,
            closedMs: closedCaseStates.includes(last.case.state) ? last.case.updatedAt.getTime() : null,
          },
  };
}
