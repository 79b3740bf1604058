import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { closingOf, dockDuties, dockFileStates, isTrouble } from "@mingcha/models/dock";
import type { dockFileDecisionBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";

type Body = z.output<typeof dockFileDecisionBodySchema>;

/** What a page was drawn from: attempts at the file and words about it both only grow. */
export const fileVersion = (attempt: number, decisions: number): number => attempt + decisions;

const closedText = { zh: "已关闭", en: "closed" };

/**
 * A person closes a dock's file that did not fit, with why, or opens it again: a new row, never a change, from the version that the page was drawn
 * from. The file's row is held meanwhile, so it is closed as what it was or has come first; nothing is taken in, refused or deleted by it.
 */
export function decideFile(
  deps: Pick<Deps, "db" | "profile">,
  { sn, fileId }: { readonly sn: string; readonly fileId: string },
  body: Body,
  person: SignedIn,
): Promise<{ version: number }> {
  return deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from dock_file where id = ${fileId}::uuid for update`;
    const file = await tx.dockFile.findFirst({ where: { id: fileId, sn }, include: { dock: true } });
    if (file === null) throw new AppError("NOT_FOUND", {}, { detail: `dock file ${fileId}` });
    const { profile } = deps;
    const sourceId = file.sourceId ?? file.dock.sourceId;
    // without a source it is nobody's district yet
    if (sourceId !== null) await assertSourceDistrict(tx, { profile, sourceId, person, needs: [dockDuties.close] });
    const said = await tx.dockFileDecision.findMany({ where: { fileId } });
    if (fileVersion(file.attempt, said.length) !== body.version) throw new AppError("STALE");
    const isClosed = closingOf(said, file.attempt) !== null;
    if (!isTrouble(file) || isClosed !== (body.step === "reopen"))
      throw new AppError("DOCK_FILE_STEP_CLOSED", isClosed ? closedText : stateText(file.state));
    const { attempt, state, reasonCode, objectKey } = file;
    const cause = body.step === "close" ? body.cause : null;
    await tx.dockFileDecision.create({
      data: {
        fileId,
        ordinal: said.length + 1,
        attempt,
        step: body.step,
        cause,
        reason: body.reason,
        state,
        reasonCode,
        personId: person.id,
      },
    });
    await appendCustody(tx, {
      action: body.step === "close" ? "dock.file_closed" : "dock.file_reopened",
      subject: `dock-file:${fileId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { sn, objectKey, sourceId, state, reasonCode, attempt, cause, reason: body.reason },
    });
    return { version: fileVersion(attempt, said.length + 1) };
  });
}

const stateText = (state: string) => {
  const { zh, en } = Object.hasOwn(dockFileStates, state)
    ? dockFileStates[state as keyof typeof dockFileStates]
    : { zh: state, en: state };
  return { zh, en };
};
