import { appendCustody } from "@mingcha/infra/custody";
import type { ClipModel, DatabaseOrTransaction, SourceModel, TelemetryPointModel } from "@mingcha/infra/db";
import { nothingKnown } from "../telemetry/telemetry.ts";
import { compareTelemetry } from "./compare-telemetry.ts";
import { machine } from "./intake-deps.ts";
import { linkTelemetry } from "./link-telemetry.ts";
import { type PlacedEntry, placeOnClip } from "./place-on-clip.ts";
import { compareSaid, isOfMessage, saidOfClip } from "./said-of-dock.ts";
import { settleTelemetry } from "./settle-telemetry.ts";
import { type TelemetryCheck, telemetryChecksSchema } from "./telemetry-check.ts";
import { formatLabel, type UsedTelemetry } from "./used-telemetry.ts";

export const asEntry = ({ clipId: _, utcAt, ...point }: TelemetryPointModel): PlacedEntry => ({
  ...nothingKnown,
  ...point,
  utcMs: utcAt?.getTime() ?? null,
});

/**
 * Telemetry that came after its video. It places a clip that has nothing better than a single position; a clip that its own track has
 * placed stays as it is, and what the two say against each other is written down.
 */
export async function joinTelemetry(
  transaction: DatabaseOrTransaction,
  clip: ClipModel,
  source: SourceModel,
  beside: UsedTelemetry,
): Promise<void> {
  const found = telemetryChecksSchema.parse(clip.telemetryChecks);
  const said = await saidOfClip(transaction, clip);
  // the clip has got its time or its track just now
  const earlier = said.length === 0 ? found : found.filter(({ code }) => !isOfMessage(code));
  const wordsOn = (entries: readonly PlacedEntry[]) =>
    withoutRepeats(said.flatMap((word) => compareSaid(word, entries, clip, source.timezone)));
  const points = await transaction.telemetryPoint.findMany({
    where: { clipId: clip.id },
    orderBy: { offsetMs: "asc" },
  });
  if (points.filter(({ longitude }) => longitude !== null).length < 2) {
    await transaction.telemetryPoint.deleteMany({ where: { clipId: clip.id } });
    const settled = settleTelemetry(beside, { ...clip, containerMs: null }, [], source.timezone);
    const own = [...earlier, ...settled.checks, ...wordsOn(settled.points)];
    return linkTelemetry(transaction, clip, source, { ...settled, checks: own });
  }
  const entries = points.map(asEntry);
  const checks = compareTelemetry(entries, placeOnClip(beside.content, clip), source.timezone);
  await transaction.clip.update({
    where: { id: clip.id },
    data: { telemetryChecks: [...earlier, ...checks, ...wordsOn(entries)] },
  });
  await appendCustody(transaction, {
    action: "clip.telemetry-compared",
    subject: `clip:${clip.id}`,
    actor: machine,
    detail: { telemetrySha256: beside.sha256, format: formatLabel(beside), notes: checks.map(({ en }) => en) },
  });
}

const withoutRepeats = (checks: readonly TelemetryCheck[]): TelemetryCheck[] =>
  checks.filter(({ en }, place) => checks.findIndex((check) => check.en === en) === place);
