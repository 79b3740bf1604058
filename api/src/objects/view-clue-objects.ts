import { appendCustody } from "@mingcha/infra/custody";
import type { Database, Prisma } from "@mingcha/infra/db";
import type { ClueObjects, ObjectMatchView, PermitAtAct } from "@mingcha/models/http";
import { objectDuties, permitOverAct, placesAround } from "@mingcha/models/objects";
import { takenByOther } from "../clues/lease-clue.ts";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import type { Opened } from "../seeded/open-seeded.ts";
import { findCandidates } from "./candidates.ts";
import { findObjects } from "./find-objects.ts";
import { findPriorActs } from "./prior-acts.ts";
import { factOf } from "./register-row.ts";
import { viewObject } from "./view-object.ts";

const matchInclude = {
  object: true,
  confirmer: { select: { name: true } },
  withdrawer: { select: { name: true } },
} as const satisfies Prisma.ObjectMatchInclude;
type LoadedMatch = Prisma.ObjectMatchGetPayload<{ include: typeof matchInclude }>;

const permitsMax = 30;
const searchedMax = 10;

/** What the register knows that bears on a record, for the person who looks at it. Only handlers, who speak with the party, see telephones. */
export async function viewClueObjects(
  deps: Deps,
  { clue, seed }: Opened,
  person: SignedIn,
  q: string | undefined,
): Promise<ClueObjects> {
  const { db } = deps;
  const phone = person.duties.includes("handler");
  const matches = await db.objectMatch.findMany({
    where: { clueId: clue.id },
    include: matchInclude,
    orderBy: { confirmedAt: "desc" },
  });
  const standing = matches.find(({ withdrawnAt }) => withdrawnAt === null);
  const [offered, searched, permits, acts] = await Promise.all([
    findCandidates(db, clue),
    findSearched(db, q),
    findPermits(db, clue, phone),
    findPriorActs(db, {
      place: clue.place,
      objectId: standing?.objectId ?? null,
      now: deps.now(),
      exceptClueId: seed?.clueId ?? clue.id,
    }),
  ]);
  if (q?.trim())
    await db.$transaction((tx) =>
      appendCustody(tx, {
        action: "objects.searched",
        subject: `clue:${clue.id}`,
        actor: { kind: "person", id: person.id, name: person.name },
        // the words may be somebody's name: how much they opened is told, not what they were
        detail: { objectIds: searched.map(({ id }) => id) },
      }),
    );
  const candidates = [
    ...offered,
    ...searched
      .filter(({ id }) => !offered.some(({ row }) => row.id === id))
      .map((row) => ({
        row,
        reasons: [{ code: "searched", text: { zh: `按“${q}”查找`, en: `found by searching for "${q}"` } }],
      })),
  ];
  return {
    confirmed: standing === undefined ? null : viewMatch(standing, phone),
    withdrawn: matches.filter(({ withdrawnAt }) => withdrawnAt !== null).map((match) => viewMatch(match, phone)),
    candidates: candidates
      .filter(({ row }) => row.id !== standing?.objectId)
      .map(({ row, reasons }) => ({ object: viewObject(row, phone), reasons })),
    permits,
    acts,
    mayConfirm:
      clue.state !== "MERGED" &&
      takenByOther(clue, person.id, deps.now()) === null &&
      person.duties.some((duty) => (objectDuties.confirm as readonly string[]).includes(duty)),
  };
}

function viewMatch(match: LoadedMatch, phone: boolean): ObjectMatchView {
  const { withdrawnAt, withdrawer } = match;
  return {
    id: match.id,
    object: viewObject(match.object, phone),
    objectVersion: match.objectVersion,
    confirmedBy: match.confirmer.name,
    confirmedAt: match.confirmedAt.toISOString(),
    withdrawn:
      withdrawnAt === null
        ? null
        : { at: withdrawnAt.toISOString(), by: withdrawer?.name ?? "", reason: match.withdrawnReason ?? "" },
  };
}

/** Shops and vehicles that a person looks for by name, code or plate, because none that is offered is the one. */
async function findSearched(db: Database, q: string | undefined) {
  if (q === undefined || q.trim() === "") return [];
  const ids = await Promise.all(
    (["shop", "vehicle"] as const).map((kind) =>
      findObjects(db, { kind, state: "open", q, after: null, limit: searchedMax }),
    ),
  );
  return db.registerObject.findMany({ where: { id: { in: ids.flat() } }, orderBy: { name: "asc" } });
}

/** Permits at the place of a record that were valid at the time of the act or near it, those that covered it first. */
async function findPermits(db: Database, clue: LoadedClue, phone: boolean): Promise<PermitAtAct[]> {
  const { timezone } = clue.flag.source;
  const rows = await db.registerObject.findMany({
    where: {
      kind: "permit",
      place: { in: placesAround(clue.place) },
      // one that was closed before the act was none any more
      OR: [{ closedAt: null }, { closedAt: { gt: clue.from } }],
    },
    orderBy: { name: "asc" },
    take: permitsMax,
  });
  const act = { fromMs: clue.from.getTime(), toMs: clue.to.getTime() };
  const coverOf = (row: { document: unknown }) => {
    const fact = factOf(row);
    return fact.kind === "permit" ? permitOverAct(fact, act, timezone) : "none";
  };
  const earlier = await db.objectVersion.findMany({
    where: { objectId: { in: rows.map(({ id }) => id) }, createdAt: { lte: clue.from } },
    orderBy: { version: "desc" },
  });
  const order = { whole: 0, part: 1, none: 2 };
  return rows
    .map((row): PermitAtAct => {
      const fact = factOf(row);
      const cover = coverOf(row);
      const stood = earlier.find(({ objectId }) => objectId === row.id);
      const coverThen = stood === undefined ? null : coverOf(stood);
      return {
        object: viewObject(row, phone),
        cover,
        coverThen: coverThen === cover ? null : coverThen,
        namesMatter: fact.kind === "permit" && fact.violations.includes(clue.violation),
        recordedLater: row.createdAt > clue.from,
        changedLater: row.version > 1 && row.updatedAt > clue.from,
      };
    })
    .sort((a, b) => Number(b.namesMatter) - Number(a.namesMatter) || order[a.cover] - order[b.cover]);
}
