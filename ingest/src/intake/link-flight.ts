import { appendCustody } from "@mingcha/infra/custody";
import type { ClipModel, DatabaseOrTransaction } from "@mingcha/infra/db";
import type { Telemetry, TelemetryEntry } from "../telemetry/telemetry.ts";
import { machine } from "./intake-deps.ts";

/** Ten a second is finer than the position itself; the file as it arrived stays in the store. */
const spacingMs = 100;
const rowsAtOnce = 2_000;
/** Subtitles may outlast the picture by a moment. */
const afterEndMs = 2_000;

type LinkedClip = Pick<ClipModel, "id" | "sourceId" | "collectorId" | "startedAt" | "durationMs">;

/** Gives a clip its flight and its telemetry points, inside the caller's transaction, and writes it into the custody log. */
export async function linkFlight(
  transaction: DatabaseOrTransaction,
  clip: LinkedClip,
  telemetrySha256: string,
  telemetry: Telemetry,
): Promise<void> {
  const heights = telemetry.entries.flatMap(({ heightM }) => (heightM === null ? [] : [heightM]));
  const flight = await transaction.flight.upsert({
    where: { sourceId_telemetrySha256: { sourceId: clip.sourceId, telemetrySha256 } },
    create: {
      sourceId: clip.sourceId,
      operatorId: clip.collectorId,
      startedAt: clip.startedAt,
      telemetrySha256,
      telemetryFormat: telemetry.format,
      maxHeightM: heights.length === 0 ? null : heights.reduce((a, b) => Math.max(a, b)),
    },
    update: {},
  });
  await transaction.clip.update({ where: { id: clip.id }, data: { flightId: flight.id } });
  const points = thinEntries(telemetry.entries, clip.durationMs + afterEndMs);
  for (let from = 0; from < points.length; from += rowsAtOnce) {
    const data = points
      .slice(from, from + rowsAtOnce)
      .map(({ localTime: _, ...point }) => ({ clipId: clip.id, ...point }));
    await transaction.telemetryPoint.createMany({ data, skipDuplicates: true });
  }
  await appendCustody(transaction, {
    action: "clip.telemetry-linked",
    subject: `clip:${clip.id}`,
    actor: machine,
    detail: {
      flightId: flight.id,
      telemetrySha256,
      format: telemetry.format,
      entries: telemetry.entries.length,
      points: points.length,
      axisOrder: telemetry.axisOrder.kind,
      notes: [...telemetry.notes],
    },
  });
}

/** Entries at least 100 ms apart, within the clip. */
export function thinEntries(entries: readonly TelemetryEntry[], untilMs: number): TelemetryEntry[] {
  const kept: TelemetryEntry[] = [];
  for (const entry of entries) {
    const last = kept.at(-1);
    if (entry.offsetMs <= untilMs && (!last || entry.offsetMs - last.offsetMs >= spacingMs)) kept.push(entry);
  }
  return kept;
}
