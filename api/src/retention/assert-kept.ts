import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { certificateName, type FoundDeletion, findDeletedClips, findDeletion } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import { localDay } from "@mingcha/models/profile";
import type { Deps } from "../deps.ts";

/** The refusal that says when imagery went and by which certificate. */
export function deletedError({ profile }: Pick<Deps, "profile">, { at, number }: FoundDeletion): AppError {
  return new AppError("MEDIA_DELETED", { date: localDay(at, profile.timezone), number: certificateName(number) });
}

/** Throws MEDIA_DELETED for a recording or a picture that is gone. */
export async function assertKept(
  deps: Pick<Deps, "profile"> & { readonly db: DatabaseOrTransaction },
  of: { clipId: string } | { evidenceId: string },
  deletedAt: Date | null,
): Promise<void> {
  if (deletedAt === null) return;
  throw deletedError(deps, (await findDeletion(deps.db, of)) ?? { at: deletedAt, number: 0 });
}

/**
 * Throws MEDIA_DELETED where anything that a record rests on is gone: asked inside the transaction that brings it back to its reviews or shows it
 * again, after the record's row was written, so that deleting comes before it or not at all.
 */
export async function assertImageryKept(
  tx: DatabaseOrTransaction,
  deps: Pick<Deps, "profile">,
  clue: { sourceId: string; flagId: string; from: Date; to: Date },
): Promise<void> {
  const span = { fromMs: clue.from.getTime(), toMs: clue.to.getTime() };
  const [clip] = await findDeletedClips(tx, clue.sourceId, span);
  const picture = await tx.evidence.findFirst({ where: { flagId: clue.flagId, deletedAt: { not: null } } });
  if (clip === undefined && picture === null) return;
  const found = await findDeletion(tx, clip === undefined ? { evidenceId: picture?.id ?? "" } : { clipId: clip.id });
  throw deletedError(deps, found ?? { at: picture?.deletedAt ?? clue.to, number: 0 });
}
