import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { findOriginals, type LoadedClue } from "../clues/load-clue.ts";

/** First and last look of the originals under review: what a reviewer has before the eyes, and no more. Null: none was taken. */
export async function looksSpan(
  db: DatabaseOrTransaction,
  clue: LoadedClue,
): Promise<{ fromMs: number; toMs: number } | null> {
  const clips = await findOriginals(db, clue);
  const { _min, _max } = await db.look.aggregate({
    where: { clipId: { in: clips.map(({ id }) => id) }, status: "seen" },
    _min: { capturedAt: true },
    _max: { capturedAt: true },
  });
  if (_min.capturedAt === null || _max.capturedAt === null) return null;
  return { fromMs: _min.capturedAt.getTime(), toMs: _max.capturedAt.getTime() };
}
