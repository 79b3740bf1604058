import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { Said } from "@mingcha/models/dock";
import { machine } from "../intake/intake-deps.ts";
import { asEntry } from "../intake/join-telemetry.ts";
import { compareSaid } from "../intake/said-of-dock.ts";
import { telemetryChecksSchema } from "../intake/telemetry-check.ts";

/** A message that came after its file had been found without one: what it says is compared with the clip all the same. */
export async function joinSaid(tx: DatabaseOrTransaction, intakeId: string, said: Said): Promise<void> {
  const clip = await tx.clip.findFirst({ where: { intakeId }, include: { source: true } });
  if (clip === null) return;
  const points = await tx.telemetryPoint.findMany({ where: { clipId: clip.id }, orderBy: { offsetMs: "asc" } });
  const checks = compareSaid(said, points.map(asEntry), clip, clip.source.timezone);
  if (checks.length === 0) return;
  const earlier = telemetryChecksSchema.parse(clip.telemetryChecks);
  await tx.clip.update({ where: { id: clip.id }, data: { telemetryChecks: [...earlier, ...checks] } });
  await appendCustody(tx, {
    action: "clip.telemetry-compared",
    subject: `clip:${clip.id}`,
    actor: machine,
    detail: { with: "dock message", notes: checks.map(({ en }) => en) },
  });
}
