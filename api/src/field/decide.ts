import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { lockSource } from "@mingcha/infra/retention";
import { AppError } from "@mingcha/models";
import {
  type FieldState,
  type FieldStep,
  fieldDecisions,
  fieldDuties,
  foldDecisions,
  stateOf,
  type TargetState,
} from "@mingcha/models/field";
import type { FieldDecisionBody } from "@mingcha/models/http";
import { loadClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { assertDistrict, assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertNotRecused } from "../recusals/assert-not-recused.ts";
import { assertKept } from "../retention/assert-kept.ts";
import { loadSaid, type SaidRow } from "./match-clip.ts";

const targetStates: Readonly<Record<TargetState, { zh: string; en: string }>> = {
  proposed: { zh: "待确认", en: "to confirm" },
  linked: { zh: "已关联", en: "linked" },
  rejected: { zh: "已否定", en: "rejected" },
  lapsed: { zh: "不再提出", en: "no longer proposed" },
};
const reasonMin = 2;

interface Target {
  readonly targetKind: string;
  readonly targetId: string;
  readonly clueId: string | null;
}

/**
 * A person says what a recording belongs to, that it does not, or that it belongs to nothing. From the version that the page was drawn from; the
 * source's lock is what deleting and holding take too, so a recording is linked while it is there or not at all.
 */
export function decideField(
  deps: Pick<Deps, "db" | "profile">,
  clipId: string,
  body: FieldDecisionBody,
  person: SignedIn,
): Promise<{ state: FieldState; version: number }> {
  return deps.db.$transaction(
    async (tx) => {
      const clip = await tx.clip.findUnique({ where: { id: clipId }, include: { source: { select: { kind: true } } } });
      const known = await tx.fieldRecording.findUnique({ where: { clipId } });
      if (clip === null || known === null) throw new AppError("NOT_FOUND", {}, { detail: `field recording ${clipId}` });
      await lockSource(tx, clip.sourceId);
      await tx.$queryRaw`select 1 from field_recording where clip_id = ${clipId}::uuid for update`;
      const now = await tx.clip.findUniqueOrThrow({ where: { id: clipId } });
      const held = await tx.fieldRecording.findUniqueOrThrow({ where: { clipId } });
      const said = await loadSaid(tx, clipId);
      const target = targetOf(said, body);
      const answered = target === null ? clueIdsOf(said, ["linked", "proposed"]) : [];
      await assertMayDecide(tx, deps, { target, answered, sourceId: clip.sourceId, step: body.step }, person);
      if (held.version !== body.version) throw new AppError("STALE");
      await assertKept({ ...deps, db: tx }, { clipId }, now.deletedAt);
      const row = fieldDecisions[body.step];
      if (row.asksReason && (body.reason ?? "").length < reasonMin)
        throw new AppError("FIELD_NEEDS_REASON", { zh: row.zh, en: row.en });
      await tx.fieldDecision.create({
        data: {
          clipId,
          ordinal: said.length + 1,
          decision: body.step,
          ...(target ?? {}),
          personId: person.id,
          reason: body.reason || null,
        },
      });
      const state = stateOf(foldDecisions(await loadSaid(tx, clipId)).state, clip.source.kind);
      const { version } = await tx.fieldRecording.update({
        where: { clipId },
        data: { state, version: { increment: 1 } },
      });
      const entry = {
        actor: { kind: "person", id: person.id, name: person.name },
        detail: {
          clipId,
          sha256: now.sha256,
          step: body.step,
          target: target === null ? null : `${target.targetKind}:${target.targetId}`,
          version,
        },
      } as const;
      await appendCustody(tx, {
        action:
          body.step === "nothing" ? "field.nothing" : body.step === "rejected" ? "field.unlinked" : "field.linked",
        subject: target?.clueId ? `clue:${target.clueId}` : `clip:${clipId}`,
        ...entry,
      });
      // each record that loses it says so in its own chain
      for (const clueId of target === null ? clueIdsOf(said, ["linked"]) : [])
        await appendCustody(tx, { action: "field.unlinked", subject: `clue:${clueId}`, ...entry });
      return { state, version };
    },
    { timeout: 30_000 },
  );
}

/** What the step is about; throws where it is not open. */
function targetOf(said: readonly SaidRow[], { step, targetKey, clueId }: FieldDecisionBody): Target | null {
  if (step === "nothing") return null;
  const { targets } = foldDecisions(said);
  const key = step === "set" && clueId !== undefined ? `clue:${clueId}` : targetKey;
  const found = key === undefined ? undefined : targets.get(key);
  if (step === "set" && clueId !== undefined) {
    if (found?.state === "linked") throw new AppError("FIELD_STEP_CLOSED", targetStates.linked);
    return { targetKind: "clue", targetId: clueId, clueId };
  }
  const row = found?.person ?? found?.rule;
  if (found === undefined || !row?.targetKind || !row.targetId)
    throw new AppError("BAD_INPUT", { reason: "须指明所列的一项 / one of what is listed has to be named" });
  const isDone = step === "rejected" ? found.state === "rejected" : found.state === "linked";
  if (isDone || (step === "rejected" && found.state === "lapsed"))
    throw new AppError("FIELD_STEP_CLOSED", targetStates[found.state]);
  return { targetKind: row.targetKind, targetId: row.targetId, clueId: row.clueId };
}

/** Records that a recording is linked with, or may belong to. */
function clueIdsOf(said: readonly SaidRow[], states: readonly TargetState[]): string[] {
  const clueIds = [...foldDecisions(said).targets.values()].flatMap(({ state, rule, person }) =>
    states.includes(state) ? ((person ?? rule)?.clueId ?? []) : [],
  );
  return [...new Set(clueIds)];
}

interface Asked {
  readonly target: Target | null;
  /** Records that "belongs to nothing" answers. */
  readonly answered: readonly string[];
  readonly sourceId: string;
  readonly step: FieldStep;
}

/**
 * A record's recordings are said by people of its district who are not recused from it. What the rule did not find, and that a recording belongs
 * to nothing, are said by those of its device's district too; the latter only by somebody who may answer for every record it is taken from.
 */
async function assertMayDecide(
  tx: DatabaseOrTransaction,
  deps: Pick<Deps, "profile">,
  { target, answered, sourceId, step }: Asked,
  person: SignedIn,
): Promise<void> {
  const needs = [fieldDuties.decide];
  const ofDevice = target === null || target.clueId === null || step === "set";
  if (ofDevice) await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs });
  for (const clueId of target === null ? answered : [target.clueId]) {
    if (clueId === null) continue;
    const clue = await loadClue(tx, clueId);
    await assertDistrict(tx, { profile: deps.profile, district: clue.flag.source.district, person, needs });
    await assertNotRecused(tx, clue, person.id);
    if (clue.state === "MERGED" && (step === "confirmed" || step === "set"))
      throw new AppError("BAD_INPUT", {
        reason: "该线索已并入另一线索，请关联那一条 / that record was joined to another; link that one",
      });
  }
}
