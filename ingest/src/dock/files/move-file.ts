import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, DockFileModel } from "@mingcha/infra/db";
import type { SeenObject } from "@mingcha/infra/dock";
import type { CustodyAction } from "@mingcha/models/custody";
import { type DockFileReason, type DockFileState, dockFileReasons } from "@mingcha/models/dock";
import { machine } from "../../intake/intake-deps.ts";
import type { DockDeps } from "../dock-deps.ts";

const endings = {
  mismatch: "dock.file_set_aside",
  missing: "dock.file_missing",
  refused: "dock.file_refused",
} as const satisfies Partial<Record<DockFileState, CustodyAction>>;

export interface Ending {
  readonly state: keyof typeof endings;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface Found {
  readonly judged?: Pick<SeenObject, "etag" | "sizeBytes">;
  readonly laterEtag?: string | null;
}

/**
 * A file that does not agree, with why: a person sees it, nothing of it is taken. Nothing happens where the file has moved on meanwhile.
 *
 * @param found `judged`: the object that was found wanting; `laterEtag`: of the one that lies in place of what was announced. Either is told from another
 * one under its name later.
 */
export function setAside(
  deps: Pick<DockDeps, "db" | "now" | "log">,
  file: DockFileModel,
  state: "mismatch" | "missing",
  code: DockFileReason,
  found: Found = {},
): Promise<undefined> {
  const { zh, en } = dockFileReasons[code];
  return endFile(deps, file, { state, code, zh, en }, found);
}

export async function endFile(
  { db, now, log }: Pick<DockDeps, "db" | "now" | "log">,
  file: DockFileModel,
  { state, code, zh, en }: Ending,
  { judged, laterEtag }: Found = {},
): Promise<undefined> {
  const isMoved = await db.$transaction(async (tx) => {
    const { count } = await tx.dockFile.updateMany({
      where: { id: file.id, state: file.state },
      data: {
        state,
        stateAt: now(),
        reasonCode: code,
        reasonZh: zh,
        reasonEn: en,
        ...(judged === undefined ? {} : { etag: judged.etag, sizeBytes: BigInt(judged.sizeBytes) }),
        ...(laterEtag === undefined ? {} : { laterEtag }),
      },
    });
    if (count === 0) return false;
    await noteInCustody(tx, file, endings[state], {
      state,
      reasonCode: code,
      ...(laterEtag == null ? {} : { etag: laterEtag }),
    });
    return true;
  });
  if (isMoved) log.warn({ dockFileId: file.id, sn: file.sn, state, reasonCode: code }, "file of a dock set aside");
  return undefined;
}

export function noteInCustody(
  tx: DatabaseOrTransaction,
  file: DockFileModel,
  action: CustodyAction & `dock.file_${string}`,
  detail: Readonly<Record<string, string | number | null>>,
) {
  return appendCustody(tx, {
    action,
    subject: `dock-file:${file.id}`,
    actor: machine,
    detail: { sn: file.sn, objectKey: file.objectKey, sourceId: file.sourceId, ...detail },
  });
}
