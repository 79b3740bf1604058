import { appendCustody, type CustodyEntry } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, FlagModel, Prisma } from "@mingcha/infra/db";
import type { Scene } from "@mingcha/models/scene";
import type { Finding, PlaceReport } from "@mingcha/models/violations";
import type { DetectorDeps } from "./deps.ts";
import { isGone } from "./is-gone.ts";
import { markUnsupported, type ToldSpan } from "./mark-unsupported.ts";
import { pairFlags } from "./pair-flags.ts";
import { readSuppressions, saveSuppressedAct } from "./save-suppressed-act.ts";

interface SaveInput {
  readonly sourceId: string;
  readonly sceneId: string;
  readonly ruleKey: string;
  readonly scene: Scene;
  readonly model: DetectorDeps["model"];
  readonly report: PlaceReport;
  /** The stretch of looks has ended (long gap, another scene version): nothing in it can still go on. */
  readonly isOver: boolean;
  readonly told: ToldSpan;
  readonly actor: CustodyEntry["actor"];
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

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
    const data = flagData(input, finding);
    const same = of.get(finding);
    if (same !== undefined && isUnchanged(same, finding, data)) continue;
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
          detail: { sourceId, ruleKey, from: new Date(finding.fromMs).toISOString(), dwellS: data.dwellS },
        });
    }
  }
  const paired = new Set(of.values());
  const rest = known.filter((flag) => !paired.has(flag));
  return [...changed, ...(await markUnsupported(tx, rest, input))];
}

function isUnchanged(
  same: Pick<FlagModel, "from" | "to" | "ended" | "dwellS" | "score" | "unsupportedAt">,
  finding: Finding,
  data: Prisma.FlagUncheckedCreateInput,
): boolean {
  return (
    same.unsupportedAt === null &&
    same.from.getTime() === finding.fromMs &&
    same.to.getTime() === finding.toMs &&
    same.ended === data.ended &&
    // A late clip fills a blind stretch in the middle: same ends, longer dwell.
    same.dwellS === data.dwellS &&
    same.score === data.score
  );
}

function flagData(input: SaveInput, finding: Finding): Prisma.FlagUncheckedCreateInput {
  const zone = input.scene.zones.find((item) => item.id === finding.zone);
  return {
    sourceId: input.sourceId,
    sceneId: input.sceneId,
    ruleKey: input.ruleKey,
    violation: finding.violation,
    zoneId: finding.zone,
    // Without a place of its own a zone is its own place: two zones of one camera must not become one act.
    place: zone?.place ?? `${input.scene.source.name || input.sourceId} · ${finding.zone}`,
    from: new Date(finding.fromMs),
    ordinal: finding.number ?? 1,
    to: new Date(finding.toMs),
    ended: input.isOver || !finding.isOpen,
    dwellS: round(finding.dwellMs / 1_000, 3),
    score: round(finding.score, 4),
    boxNorm: finding.boxNorm.map((edge) => round(edge, 5)),
    intervals: finding.intervals.map(({ state, fromMs, toMs }) => ({
      state,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    })),
    trace: finding.trace as unknown as Prisma.InputJsonValue,
    judge: {
      toJudge: finding.toJudge,
      best: {
        at: new Date(finding.best.capturedAtMs).toISOString(),
        boxNorm: finding.best.boxNorm.map((edge) => round(edge, 5)),
      },
    },
    modelId: input.model.id,
    modelSha256: input.model.sha256,
  };
}
