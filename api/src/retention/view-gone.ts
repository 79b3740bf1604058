import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { GoneView } from "@mingcha/models/http";

/** What of some recordings and pictures is gone, by their ids. */
export async function loadGone(
  db: DatabaseOrTransaction,
  clips: readonly { id: string; deletedAt: Date | null }[],
  pictures: readonly { id: string; deletedAt: Date | null; smallSha256: string | null }[],
): Promise<ReadonlyMap<string, GoneView>> {
  const clipIds = clips.flatMap(({ id, deletedAt }) => (deletedAt === null ? [] : [id]));
  const gone = pictures.filter(({ deletedAt }) => deletedAt !== null);
  if (clipIds.length + gone.length === 0) return new Map();
  const rows = await db.deletionCertificate.findMany({
    where: {
      OR: [
        { kind: "clip", clipId: { in: clipIds } },
        { kind: "picture", evidenceId: { in: gone.map(({ id }) => id) } },
      ],
    },
    orderBy: { number: "asc" },
    select: { kind: true, clipId: true, evidenceId: true, number: true, decidedAt: true },
  });
  return new Map(
    rows.map(({ kind, clipId, evidenceId, number, decidedAt }) => [
      kind === "clip" ? clipId : (evidenceId ?? ""),
      {
        at: decidedAt.toISOString(),
        number,
        small: kind === "picture" && gone.some(({ id, smallSha256 }) => id === evidenceId && smallSha256 !== null),
      },
    ]),
  );
}
