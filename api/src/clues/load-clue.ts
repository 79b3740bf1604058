import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";

export const clueInclude = {
  flag: { include: { source: true, evidence: { orderBy: { capturedAt: "asc" } } } },
  reviews: { orderBy: { createdAt: "asc" }, include: { reviewer: true } },
  corrections: {
    orderBy: [{ createdAt: "asc" }, { field: "asc" }],
    include: { person: { select: { name: true, badgeNo: true } }, review: { select: { kind: true } } },
  },
  leaser: { select: { id: true, name: true } },
  dissuasions: { orderBy: { sentAt: "asc" } },
  secondLooks: { orderBy: { drawnAt: "asc" } },
  transfer: true,
  case: { include: { handlers: { orderBy: { ordinal: "asc" }, include: { person: true } } } },
  recusals: { include: { decisions: { orderBy: { ordinal: "asc" } } } },
} as const satisfies Prisma.ClueInclude;

/** A clue with everything that its page, its guards and its case need. */
export type LoadedClue = Prisma.ClueGetPayload<{ include: typeof clueInclude }>;

export async function loadClue(db: DatabaseOrTransaction, id: string): Promise<LoadedClue> {
  const clue = await db.clue.findUnique({ where: { id }, include: clueInclude });
  if (clue === null) throw new AppError("NOT_FOUND", {}, { detail: `clue ${id}` });
  return clue;
}

/** The original clips that show the act: all of its source that overlap its time. */
export function findOriginals(db: DatabaseOrTransaction, act: { sourceId: string; from: Date; to: Date }) {
  // A clip is at most hours long; the window keeps the index in use.
  const earliest = new Date(act.from.getTime() - 24 * 3_600_000);
  return db.clip
    .findMany({
      where: { sourceId: act.sourceId, startedAt: { gte: earliest, lte: act.to } },
      orderBy: { startedAt: "asc" },
    })
    .then((clips) => clips.filter((clip) => clip.startedAt.getTime() + clip.durationMs >= act.from.getTime()));
}
