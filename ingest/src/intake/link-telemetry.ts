import { appendCustody } from "@mingcha/infra/custody";
import type { ClipModel, DatabaseOrTransaction, SourceModel } from "@mingcha/infra/db";
import { machine } from "./intake-deps.ts";
import { lockFor } from "./lock-for.ts";
import type { PlacedEntry } from "./place-on-clip.ts";
import type { SettledTelemetry } from "./settle-telemetry.ts";
import { formatLabel } from "./used-telemetry.ts";

const rowsAtOnce = 2_000;

type LinkedClip = Pick<ClipModel, "id" | "sourceId" | "collectorId" | "startedAt" | "durationMs">;

/**
 * Gives a clip its telemetry points and, where an aircraft recorded it, its flight, inside the caller's transaction, and writes it into
 * the custody log.
 */
export async function linkTelemetry(
  transaction: DatabaseOrTransaction,
  clip: LinkedClip,
  source: Pick<SourceModel, "kind">,
  { used, points, checks }: SettledTelemetry,
): Promise<void> {
  const { content, sha256 } = used;
  const isFlight = content.isAircraft || source.kind === "drone";
  const flightId = isFlight ? await findOrMakeFlight(transaction, clip, used) : null;
  await transaction.clip.update({
    where: { id: clip.id },
    data: {
      flightId,
      telemetryFormat: formatLabel(used),
      altitudeType: content.altitudeType,
      telemetryChecks: [...checks],
    },
  });
  for (let from = 0; from < points.length; from += rowsAtOnce)
    await transaction.telemetryPoint.createMany({
      data: points.slice(from, from + rowsAtOnce).map((point) => rowOf(clip.id, point)),
      skipDuplicates: true,
    });
  await appendCustody(transaction, {
    action: "clip.telemetry-linked",
    subject: `clip:${clip.id}`,
    actor: machine,
    detail: {
      flightId,
      telemetrySha256: sha256,
      format: formatLabel(used),
      entries: content.entries.length,
      points: points.length,
      axisOrder: content.axisOrder.kind,
      altitudeType: content.altitudeType,
      notes: checks.map(({ en }) => en),
    },
  });
}

const rowOf = (clipId: string, { localTime: _, utcMs, ...point }: PlacedEntry) => ({
  clipId,
  ...point,
  utcAt: utcMs === null ? null : new Date(utcMs),
});

/** A recording is a flight of its own; photos taken one after another are of one flight, which its pilot then states once. */
async function findOrMakeFlight(
  transaction: DatabaseOrTransaction,
  clip: LinkedClip,
  { content, sha256: telemetrySha256 }: SettledTelemetry["used"],
): Promise<string> {
  const heights = content.entries.flatMap(({ heightM }) => (heightM === null ? [] : [heightM]));
  const maxHeightM = heights.length === 0 ? null : heights.reduce((a, b) => Math.max(a, b));
  const together = content.format.startsWith("photo/") ? await findPhotoFlight(transaction, clip) : null;
  if (together !== null) {
    if (maxHeightM !== null && maxHeightM > (together.maxHeightM ?? Number.NEGATIVE_INFINITY))
      await transaction.flight.update({ where: { id: together.id }, data: { maxHeightM } });
    return together.id;
  }
  const flight = await transaction.flight.upsert({
    where: { sourceId_telemetrySha256: { sourceId: clip.sourceId, telemetrySha256 } },
    create: {
      sourceId: clip.sourceId,
      operatorId: clip.collectorId,
      startedAt: clip.startedAt,
      telemetrySha256,
      telemetryFormat: content.format,
      maxHeightM,
    },
    update: {},
  });
  return flight.id;
}

/** Photos of one source and operator that lie no farther apart are of one flight (house rule: longer than a battery lasts is none). */
const photosApartMs = 30 * 60_000;

async function findPhotoFlight(transaction: DatabaseOrTransaction, clip: LinkedClip) {
  await lockFor(transaction, `photo-flight:${clip.sourceId}`);
  const at = clip.startedAt.getTime();
  const startedAt = { gte: new Date(at - photosApartMs), lte: new Date(at + photosApartMs) };
  return transaction.flight.findFirst({
    where: {
      sourceId: clip.sourceId,
      operatorId: clip.collectorId,
      telemetryFormat: { startsWith: "photo/" },
      clips: { some: { startedAt } },
    },
    orderBy: { startedAt: "asc" },
  });
}
