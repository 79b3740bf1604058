import { appendCustody } from "@mingcha/infra/custody";
import type { DockFileModel } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { CustodyAction } from "@mingcha/models/custody";
import {
  admissibleEtag,
  type DockFileStep,
  dockDuties,
  dockFileStates,
  isTrouble,
  newestOf,
} from "@mingcha/models/dock";
import type { dockFileDecisionBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";

type Body = z.output<typeof dockFileDecisionBodySchema>;

/** What a page was drawn from: attempts at the file and words about it both only grow. */
export const fileVersion = (attempt: number, decisions: number): number => attempt + decisions;

const closedText = { zh: "已关闭", en: "closed" };
const admittedText = { zh: "已决定照原样入库", en: "to be taken in as it is" };

const actions = {
  close: "dock.file_closed",
  reopen: "dock.file_reopened",
  admit: "dock.file_admitted",
} as const satisfies Record<DockFileStep, CustodyAction>;

/**
 * A person closes a dock's file that did not fit, with why, opens it again, or has it taken in as it is: a new row, never a change, from the version
 * that the page was drawn from. The file's row is held meanwhile, so it is closed as what it was or has come first; nothing is taken in, refused or
 * deleted here. What was admitted ingest takes up, and only the object that the person was shown.
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
    const needs = dockDuties[body.step === "admit" ? "admit" : "close"];
    // without a source it is nobody's district yet
    if (sourceId !== null) await assertSourceDistrict(tx, { profile, sourceId, person, needs: [needs] });
    const said = await tx.dockFileDecision.findMany({ where: { fileId } });
    if (fileVersion(file.attempt, said.length) !== body.version) throw new AppError("STALE");
    const newest = newestOf(said, file.attempt)?.step ?? null;
    if (!isTrouble(file) || !isNext(newest, body.step))
      throw new AppError("DOCK_FILE_STEP_CLOSED", spokenText(newest) ?? stateText(file.state));
    if (body.step === "admit") assertAdmissible(file, body.etag);
    const { attempt, state, reasonCode, objectKey } = file;
    const cause = body.step === "close" ? body.cause : null;
    const etag = body.step === "admit" ? body.etag : null;
    await tx.dockFileDecision.create({
      data: {
        fileId,
        ordinal: said.length + 1,
        attempt,
        step: body.step,
        cause,
        etag,
        reason: body.reason,
        state,
        reasonCode,
        personId: person.id,
      },
    });
    await appendCustody(tx, {
      action: actions[body.step],
      subject: `dock-file:${fileId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { sn, objectKey, sourceId, state, reasonCode, attempt, cause, etag, reason: body.reason },
    });
    return { version: fileVersion(attempt, said.length + 1) };
  });
}

/** Whether a step follows on the newest that was said of the attempt. */
const isNext = (newest: string | null, step: DockFileStep): boolean =>
  step === "reopen" ? newest === "close" : newest !== "close" && newest !== step;

const spokenText = (newest: string | null) =>
  newest === "close" ? closedText : newest === "admit" ? admittedText : null;

/** Only what may be admitted at all, and only the object that the person was shown. */
function assertAdmissible(file: DockFileModel, etag: string): void {
  const lying = admissibleEtag(file);
  if (lying === null) throw new AppError("DOCK_FILE_STEP_CLOSED", stateText(file.state));
  if (lying !== etag) throw new AppError("STALE");
}

const stateText = (state: string) => {
  const { zh, en } = Object.hasOwn(dockFileStates, state)
    ? dockFileStates[state as keyof typeof dockFileStates]
    : { zh: state, en: state };
  return { zh, en };
};
