import { appendCustody, type CustodyEntry } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import type { Scene } from "@mingcha/models/scene";
import type { Finding, PlaceReport } from "@mingcha/models/violations";
import type { DetectorDeps } from "./deps.ts";
import type { Session } from "./evaluate-source.ts";

interface SaveInput {
  readonly sourceId: string;
  readonly sceneId: string;
  readonly ruleKey: string;
  readonly scene: Scene;
  readonly model: DetectorDeps["model"];
  readonly session: Session;
  readonly report: PlaceReport;
  readonly actor: CustodyEntry["actor"];
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/**
 * Opens, extends or closes the flags of one rule at one place from its evaluation: one flag per continuing act. A finding
 * that overlaps a flag which is already there *is* that flag, also when an earlier clip has moved its beginning.
 * Flags are never deleted: a person may have seen them.
 * @returns ids of flags that are new or changed.
 */
export async function saveFlags(tx: DatabaseOrTransaction, input: SaveInput): Promise<string[]> {
  const { sourceId, ruleKey, session, report } = input;
  const known = await tx.flag.findMany({
    where: { sourceId, ruleKey, to: { gte: session.from }, from: { lte: session.to } },
    orderBy: { from: "asc" },
  });
  const changed: string[] = [];
  for (const finding of report.flags) {
    const data = flagData(input, finding);
    const index = known.findIndex((flag) => flag.from.getTime() <= finding.toMs && flag.to.getTime() >= finding.fromMs);
    const [same] = index < 0 ? [] : known.splice(index, 1);
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
    } else if (
      same.from.getTime() !== finding.fromMs ||
      same.to.getTime() !== finding.toMs ||
      same.ended === finding.isOpen
    ) {
      await tx.flag.update({ where: { id: same.id }, data });
      changed.push(same.id);
    }
  }
  return changed;
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
    to: new Date(finding.toMs),
    ended: !finding.isOpen,
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
