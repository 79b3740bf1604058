import type { TestApi } from "./test-api.ts";

export const aircraft = { longitude: 121.52, latitude: 31.23 };
const straightDown = {
  ...aircraft,
  heightM: 50,
  gimbalYawDeg: 0,
  gimbalPitchDeg: -90,
  rangeM: null,
  focal35Mm: 24,
  fovHorizontalDeg: 90,
};
export type SeededPoint = Partial<Record<keyof typeof straightDown, number | null>>;

/** Of a box that stands, seen straight down from 50 m with half a picture of 50 m, 25 m east of the aircraft. */
const eastBox = [0.74, 0.49, 0.02, 0.02];

/**
 * A record of a drone whose clearest look, two seconds into the act, has a box around (0.75, 0.5), with telemetry of every second; null: none.
 * A `sourceId` that was given before is the same drone, and its act then begins later than those before.
 */
export async function seedDroneRecord(
  api: TestApi,
  point: SeededPoint | null,
  of: { readonly sourceId?: string; readonly from?: Date } = {},
) {
  const clueId = await api.seedClue({ kind: "drone", violation: "STALL", ...of });
  const { db } = api.deps;
  const { flag, flagId, ...clue } = await db.clue.findUniqueOrThrow({ where: { id: clueId }, include: { flag: true } });
  const at = new Date(flag.from.getTime() + 2_000);
  await db.flag.update({
    where: { id: flagId },
    data: { judge: { best: { at: at.toISOString(), boxNorm: eastBox } } },
  });
  const clip = await db.clip.findFirstOrThrow({ where: { sourceId: clue.sourceId }, orderBy: { startedAt: "desc" } });
  const offsetMs = at.getTime() - clip.startedAt.getTime();
  await db.look.create({
    data: {
      clipId: clip.id,
      offsetMs,
      sourceId: clue.sourceId,
      capturedAt: at,
      status: "seen",
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: [],
    },
  });
  if (point !== null) await seedTrack(api, { clipId: clip.id, offsetMs }, point);
  return { clueId, flagId, sourceId: clue.sourceId, clipId: clip.id, offsetMs, flightId: clip.flightId ?? "" };
}

/** Telemetry of the second before a look, of the look, and of the one after it. */
export async function seedTrack(
  api: TestApi,
  { clipId, offsetMs }: { clipId: string; offsetMs: number },
  point: SeededPoint,
): Promise<void> {
  await api.deps.db.telemetryPoint.createMany({
    data: [-1_000, 0, 1_000].map((shift) => ({ clipId, offsetMs: offsetMs + shift, ...straightDown, ...point })),
  });
}
