import { appendCustody, type CustodyEntry } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, FlagModel } from "@mingcha/infra/db";
import { findDeletedClips } from "@mingcha/infra/retention";
import type { PlaceReport } from "@mingcha/models/violations";
import { isSameAct } from "./pair-flags.ts";

/** What an evaluation tells all of: acts that began and acts that ended no earlier than these instants, ms since 1970; 0: all. */
export interface ToldSpan {
  readonly beganFromMs: number;
  readonly endedFromMs: number;
  /** The footage that was just stored: it can only speak against an act whose time it touches. */
  readonly footage: { readonly fromMs: number; readonly toMs: number };
}

/**
 * Flags that all looks of their time no longer show, because footage that came late shows otherwise: they stay as people saw them, since reviews
 * may stand on them, and are marked, with an entry in the custody log. An act that is none any more by what came after it, or by rules that changed, stays
 * as it was found: nothing of its own time speaks against it. One that is now part of another act's time is borne out by that one.
 * What lies in deleted recordings is left alone, as everywhere.
 * @param flags known flags of the time reported on that are none of the report's findings
 * @returns ids of flags that were marked.
 */
export async function markUnsupported(
  tx: DatabaseOrTransaction,
  flags: readonly FlagModel[],
  {
    sceneId,
    report,
    told,
    actor,
  }: { sceneId: string; report: PlaceReport; told: ToldSpan; actor: CustodyEntry["actor"] },
): Promise<string[]> {
  const marked: string[] = [];
  for (const flag of flags) {
    const [fromMs, toMs] = [flag.from.getTime(), flag.to.getTime()];
    const isTold = fromMs >= told.beganFromMs && toMs >= told.endedFromMs;
    const isTouched = fromMs <= told.footage.toMs && toMs >= told.footage.fromMs;
    // what another version of the scene flagged was not put to this one's rules
    if (!isTold || !isTouched || flag.unsupportedAt !== null || flag.sceneId !== sceneId) continue;
    if (report.flags.some((finding) => isSameAct(flag, finding))) continue;
    if ((await findDeletedClips(tx, flag.sourceId, { fromMs, toMs })).length > 0) continue;
    await tx.flag.update({ where: { id: flag.id }, data: { ended: true, unsupportedAt: new Date() } });
    marked.push(flag.id);
    await appendCustody(tx, {
      action: "flag.unsupported",
      subject: `flag:${flag.id}`,
      actor,
      detail: {
        sourceId: flag.sourceId,
        ruleKey: flag.ruleKey,
        from: flag.from.toISOString(),
        to: flag.to.toISOString(),
        dwellS: flag.dwellS,
      },
    });
  }
  return marked;
}
