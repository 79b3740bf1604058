import type { ClipModel, DatabaseOrTransaction, IntakeModel } from "@mingcha/infra/db";
import type { ObjectStore, StoredObject } from "@mingcha/infra/storage";

/**
 * A file that was deleted when its time was over and is brought in once more is the same clip again, with a new term from now: it is looked at
 * anew. Its certificate stays.
 */
export function reviveClip(
  transaction: DatabaseOrTransaction,
  id: string,
  intake: Pick<IntakeModel, "id" | "createdAt" | "personId" | "fileName">,
): Promise<ClipModel> {
  return transaction.clip.update({
    where: { id },
    data: {
      deletedAt: null,
      state: "STORED",
      intakeId: intake.id,
      fileName: intake.fileName,
      receivedAt: intake.createdAt,
      detectAttempts: 0,
      leaseToken: null,
      leaseUntil: null,
      reasonCode: null,
      reasonZh: null,
      reasonEn: null,
      detectedAt: null,
      letGoAt: null,
    },
  });
}

/** Under the object's lock: whether what was put into the store before is still there. */
export async function isStillStored(store: Pick<ObjectStore, "find">, stored: StoredObject): Promise<boolean> {
  return (await store.find(stored.sha256)) !== null;
}
