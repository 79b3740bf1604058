import { appendCustody, type CustodyEntry } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, FlagModel, Prisma } from "@mingcha/infra/db";
import { boxIou, type Scene } from "@mingcha/models/scene";
import type { Finding, PlaceReport } from "@mingcha/models/violations";
import { z } from "zod";
import type { DetectorDeps } from "./deps.ts";
import { isGone } from "./is-gone.ts";
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
  readonly actor: CustodyEntry["actor"];
}

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/**
 * Opens, extends or closes the flags of one rule at one place from its evaluation: one flag per continuing act. A finding
 * that overlaps a flag which is already there *is* that flag, also when an earlier clip has moved its beginning.
 * Flags are never deleted: a person may have seen them. What a person approved to suppress becomes no new flag.
 * @returns ids of flags that are new or changed.
 */
export async function saveFlags(tx: DatabaseOrTransaction, input: SaveInput): Promise<string[]> {
  const { sourceId, ruleKey, report } = input;
  if (report.flags.length === 0) return [];
  const known = await tx.flag.findMany({
    where: {
      sourceId,
      ruleKey,
      to: { gte: new Date(Math.min(...report.flags.map((flag) => flag.fromMs))) },
      from: { lte: new Date(Math.max(...report.flags.map((flag) => flag.toMs))) },
    },
    orderBy: { from: "asc" },
  });
  const suppressions = await readSuppressions(tx, { sourceId, ruleKey });
  const changed: string[] = [];
  const free = new Set(known);
  const of = new Map<Finding, (typeof known)[number]>();
  for (const match of [isSameFlag, endsAlike, beginsAlike, isSameAct])
    for (const finding of report.flags) {
      if (of.has(finding)) continue;
      const [same] = [...free]
        .filter((flag) => match(flag, finding))
        .sort((a, b) => likeness(b, finding) - likeness(a, finding));
      if (same === undefined) continue;
      of.set(finding, same);
      free.delete(same);
    }
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
      await tx.flag.update({ where: { id: same.id }, data });
      changed.push(same.id);
    }
  }
  return changed;
}

function isUnchanged(
  same: Pick<FlagModel, "from" | "to" | "ended" | "dwellS" | "score">,
  finding: Finding,
  data: Prisma.FlagUncheckedCreateInput,
): boolean {
  return (
    same.from.getTime() === finding.fromMs &&
    same.to.getTime() === finding.toMs &&
    same.ended === data.ended &&
    // A late clip fills a blind stretch in the middle: same ends, longer dwell.
    same.dwellS === data.dwellS &&
    same.score === data.score
  );
}

type Known = { from: Date; to: Date; ordinal: number; boxNorm: unknown };

const isSameFlag = (flag: Known, finding: Finding): boolean =>
  flag.from.getTime() === finding.fromMs && flag.ordinal === (finding.number ?? 1);

const likeness = (flag: Known, finding: Finding): number => boxIou(boxSchema.parse(flag.boxNorm), finding.boxNorm);

/**
 * A late clip moves the beginning of an act or its end, hardly ever both. What was followed is known by its surest box, and that may now lie
 * in the late clip, elsewhere on its way: then the end that stayed says which act it is, and of several the likest box.
 */
const endsAlike = (flag: Known, { toMs }: Finding): boolean => flag.to.getTime() === toMs;
const beginsAlike = (flag: Known, { fromMs }: Finding): boolean => flag.from.getTime() === fromMs;

/** Boxes of one thing that was followed or stood still, as it was known earlier and as it is known now. */
const sameThingIou = 0.3;

/** The times overlap; where a rule follows each thing by itself (`number`) the box must be the same thing's too. */
function isSameAct(flag: Known, finding: Finding): boolean {
  if (flag.from.getTime() > finding.toMs || flag.to.getTime() < finding.fromMs) return false;
  return finding.number === undefined || likeness(flag, finding) >= sameThingIou;
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
