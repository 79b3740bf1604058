import type { DatabaseOrTransaction, DockFileModel } from "@mingcha/infra/db";
import { noteInCustody } from "./move-file.ts";

/**
 * A file that had been given up is looked at once more: its object came after all, or another one lies under its name. Its next attempt: what was judged
 * and what a person said are of the one before. Nothing happens where the file has moved on meanwhile.
 *
 * @param object what is to be checked; null: what was noted when the message came. Of one that a person admitted the size is not known yet.
 * @param admission the person's decision on whose word it is taken in though it does not agree with its message.
 */
export async function takeUp(
  tx: DatabaseOrTransaction,
  file: DockFileModel,
  object: { readonly etag: string; readonly sizeBytes: number | null } | null,
  at: Date,
  admission: number | null = null,
): Promise<void> {
  const { state, reasonCode, attempt } = file;
  const { count } = await tx.dockFile.updateMany({
    where: { id: file.id, state, attempt },
    data: {
      state: "noticed",
      stateAt: at,
      attempt: { increment: 1 },
      admission,
      lookedAt: null,
      laterEtag: null,
      sha256: null,
      intakeId: null,
      reasonCode: null,
      reasonZh: null,
      reasonEn: null,
      ...(object === null
        ? {}
        : { etag: object.etag, sizeBytes: object.sizeBytes === null ? null : BigInt(object.sizeBytes) }),
    },
  });
  if (count > 0)
    await noteInCustody(tx, file, "dock.file_taken_up", {
      attempt: attempt + 1,
      before: state,
      reasonCode,
      etag: object?.etag ?? file.etag,
      ...(admission === null ? {} : { decision: admission }),
    });
}
