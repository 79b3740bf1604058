import { isDeepStrictEqual } from "node:util";
import { appendCustody, type CustodyEntry } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, FlagModel } from "@mingcha/infra/db";
import type { PlaceReport } from "@mingcha/models/violations";
import { type FlagData, type FlagSource, flagData, joinEarlier } from "./flag-data.ts";
import { isGone } from "./is-gone.ts";
import { markUnsupported, type ToldSpan } from "./mark-unsupported.ts";
import { pairFlags } from "./pair-flags.ts";
import { readSuppressions, saveSuppressedAct } from "./save-suppressed-act.ts";

interface SaveInput extends FlagSource {
  readonly report: PlaceReport;
  readonly told: ToldSpan;
  readonly actor: CustodyEntry["actor"];
}

/**
 * Opens, extends or closes the flags of one rule at one place from its evaluation: one flag per continuing act. A finding
 * that overlaps a flag which is already there *is* that flag, also when an earlier clip has moved its beginning.
 * Flags are never deleted: a person may have seen them; one that is no finding any more is marked. What a person approved to suppress becomes no new flag.
 * @returns ids of flags that are new or changed.
 */
export async function saveFlags(tx: DatabaseOrTransaction, input: SaveInput): Promise<string[]> {
  const { sourceId, ruleKey, report } = input;
  const spans = [...report.flags, ...report.timeline];
  if (spans.length === 0) return [];
  const known = await tx.flag.findMany({
    where: {
      sourceId,
      ruleKey,
      to: { gte: new Date(Math.min(...spans.map(({ fromMs }) => fromMs))) },
      from: { lte: new Date(Math.max(...spans.map(({ toMs }) => toMs))) },
    },
    orderBy: { from: "asc" },
  });
  const suppressions = await readSuppressions(tx, { sourceId, ruleKey });
  const changed: string[] = [];
  const of = pairFlags(known, report.flags);
  for (const finding of report.flags) {
    const same = of.get(finding);
    const found = flagData(input, finding);
    const data = same === undefined ? found : joinEarlier(same, found, input.told.beganFromMs);
    if (same !== undefined && isUnchanged(same, data)) continue;
    if (await isGone(tx, input, finding)) continue;
    if (same === undefined && (await saveSuppressedAct(tx, suppressions, { sourceId, ruleKey }, finding))) continue;
    if (same === undefined) {
      const created = await tx.flag.create({ data });
      changed.push(created.id);
      await appendCustody(tx, {
        action: "flag.opened",
        subject: `flag:${created.id}`,
        actor: input.actor,
        detail: {
          sourceId,
          sceneId: input.sceneId,
          ruleKey,
          from: created.from.toISOString(),
          modelId: input.model.id,
          modelSha256: input.model.sha256,
        },
      });
    } else {
      await tx.flag.update({ where: { id: same.id }, data: { ...data, unsupportedAt: null } });
      changed.push(same.id);
      if (same.unsupportedAt !== null)
        await appendCustody(tx, {
          action: "flag.supported_again",
          subject: `flag:${same.id}`,
          actor: input.actor,
          detail: { sourceId, ruleKey, from: data.from.toISOString(), dwellS: data.dwellS },
        });
    }
  }
  const paired = new Set(of.values());
  const rest = known.filter((flag) => !paired.has(flag));
  return [...changed, ...(await markUnsupported(tx, rest, input))];
}

function isUnchanged(
  same: Pick<FlagModel, "from" | "to" | "ended" | "dwellS" | "score" | "trace" | "unsupportedAt">,
  data: FlagData,
): boolean {
  return (
    same.unsupportedAt === null &&
    same.from.getTime() === data.from.getTime() &&
    same.to.getTime() === data.to.getTime() &&
    same.ended === data.ended &&
    // A late clip fills a blind stretch in the middle: same ends, longer dwell.
    same.dwellS === data.dwellS &&
    same.score === data.score &&
    // What is known only later of the time an act took, that the camera had been turned, changes its reasons alone.
    isDeepStrictEqual(same.trace, JSON.parse(JSON.stringify(data.trace)))
  );
}
