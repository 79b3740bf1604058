import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { machineWrongReasons, suppressionSettings } from "@mingcha/models/suppression";
import { z } from "zod";

/** Rejected clues that are looked through, newest first; far more than a bureau rejects as wrong in a season. */
const cluesMax = 2_000;
const rejectedStates = ["REJECTED", "DISCARDED"] as const;

const rejectedInclude = {
  flag: { include: { source: true, evidence: { orderBy: { capturedAt: "asc" } } } },
} as const satisfies Prisma.ClueInclude;
type RejectedClue = Prisma.ClueGetPayload<{ include: typeof rejectedInclude }>;

/** A clue that a person rejected because the machine was wrong, and that person. */
export interface Rejection {
  readonly clue: RejectedClue;
  readonly personId: string;
  readonly personName: string;
  readonly at: Date;
}

/** Rejections that may lead to an offer, oldest first. */
export async function findRejections(db: DatabaseOrTransaction, now: Date): Promise<Rejection[]> {
  const clues = await db.clue.findMany({
    where: {
      state: { in: [...rejectedStates] },
      closeReason: { in: [...machineWrongReasons] },
      createdAt: { gte: new Date(now.getTime() - suppressionSettings.lookBackDays * 86_400_000) },
    },
    orderBy: { createdAt: "desc" },
    take: cluesMax,
    include: rejectedInclude,
  });
  return withPersons(db, clues.reverse());
}

/** Rejections of given flags, whenever they were: for showing what a suppression rests on. */
export async function findRejectionsOf(db: DatabaseOrTransaction, flagIds: readonly string[]): Promise<Rejection[]> {
  if (flagIds.length === 0) return [];
  const clues = await db.clue.findMany({
    where: { flagId: { in: [...flagIds] } },
    orderBy: { createdAt: "asc" },
    include: rejectedInclude,
  });
  return withPersons(db, clues);
}

const entrySchema = z.object({
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  detail: z.object({ to: z.string() }),
});

/**
 * Who rejected a clue stands in the custody log alone: a discard in pre-screening is no review. A clue for which the log
 * names no person does not count as rejected.
 */
async function withPersons(db: DatabaseOrTransaction, clues: readonly RejectedClue[]): Promise<Rejection[]> {
  const entries = await db.custody.findMany({
    where: { action: "clue.moved", subject: { in: clues.map((clue) => `clue:${clue.id}`) } },
    orderBy: { seq: "asc" },
  });
  const persons = new Map<string, { personId: string; personName: string; at: Date }>();
  for (const entry of entries) {
    const { actor, detail } = entrySchema.parse(JSON.parse(Buffer.from(entry.body).toString("utf8")));
    if (actor.kind === "person" && (rejectedStates as readonly string[]).includes(detail.to))
      persons.set(entry.subject, { personId: actor.id, personName: actor.name, at: entry.at });
  }
  return clues.flatMap((clue) => {
    const person = persons.get(`clue:${clue.id}`);
    return person === undefined ? [] : [{ clue, ...person }];
  });
}
