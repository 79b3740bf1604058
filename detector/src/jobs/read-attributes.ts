import { appendCustody } from "@mingcha/infra/custody";
import type { Prisma } from "@mingcha/infra/db";
import { probe } from "@mingcha/infra/media";
import { type BoxNorm, boxIou, type Look } from "@mingcha/models/scene";
import { findViolation } from "@mingcha/models/violations";
import { machine } from "./claim-clip.ts";
import type { DetectorDeps } from "./deps.ts";

/** Vehicles are asked for their plate besides what their violation leaves to a person. */
const plateRoles = ["car", "truck"];

/**
 * Lets second-stage models look at the thing a flag is about, at its best look, and keeps what they say with the hash of each model. What
 * they cannot say stays with the person; what they say a person confirms. Without such models, or where they fail, nothing is kept.
 */
export async function readAttributes(
  deps: DetectorDeps,
  flag: { id: string; violation: string },
  best: { capturedAtMs: number; boxNorm: BoxNorm },
  { looks, clipSha256 }: { looks: readonly Look[]; clipSha256: string | undefined },
): Promise<void> {
  const look = looks.find((one) => one.capturedAtMs === best.capturedAtMs);
  if (deps.judge === undefined || clipSha256 === undefined || look?.status !== "seen") return;
  const [thing] = [...look.detections]
    .map((detection) => ({ ...detection, iou: boxIou(detection.boxNorm, best.boxNorm) }))
    .sort((a, b) => b.iou - a.iou);
  if (thing === undefined || thing.role === null || thing.iou === 0) return;
  const { role } = thing;
  const attributes = [
    ...(findViolation(flag.violation)?.judgedByPerson.map((item) => item.attribute) ?? []),
    ...(plateRoles.includes(role) ? ["plate", "plate_colour"] : []),
  ];
  const { judge } = deps;
  const answer = await deps.store.withFile(clipSha256, async (file) => {
    const probed = await probe(deps.tools, file);
    if (probed.kind === "refused") return undefined;
    const detections = [{ role, boxNorm: thing.boxNorm }];
    return judge({ ...probed.media, offsetMs: look.offsetMs, detections, wanted: { [role]: attributes } });
  });
  if (answer?.kind !== "ok" || answer.readings.length === 0) return;
  const readings = { at: new Date(best.capturedAtMs).toISOString(), items: answer.readings };
  await deps.db.$transaction(async (tx) => {
    await tx.flag.update({
      where: { id: flag.id },
      data: { readings: readings as unknown as Prisma.InputJsonValue },
    });
    await appendCustody(tx, {
      action: "flag.read",
      subject: `flag:${flag.id}`,
      actor: machine,
      detail: {
        at: readings.at,
        readings: answer.readings.map(({ attribute, outcome, modelId, modelSha256 }) => ({
          attribute,
          outcome,
          modelId,
          modelSha256,
        })),
      },
    });
  });
}
