import type { TestApi } from "./test-api.ts";

export interface SeedRecording {
  readonly sourceId: string;
  readonly kind?: "body" | "patrol" | "gate";
  readonly startedAt: Date;
  readonly durationMs?: number;
  readonly uncertaintyMs?: number;
  readonly collectorId?: string;
  readonly district?: string;
  /** Position at a moment; null: no fix. Undefined: no track at all. */
  readonly track?: (offsetMs: number) => { longitude: number; latitude: number } | null;
  readonly everyMs?: number;
  readonly state?: "STORED" | "DETECTED";
  readonly checks?: readonly { code: string; zh: string; en: string }[];
  readonly looksMs?: readonly number[];
}

/** A recording as ingest stores it, its original in the store; its source is made once. */
export async function seedRecording({ deps }: TestApi, seed: SeedRecording): Promise<string> {
  const { sourceId, durationMs = 600_000, everyMs = 1_000 } = seed;
  const { db } = deps;
  const kind = seed.kind ?? "body";
  await db.source.upsert({
    where: { id: sourceId },
    create: { id: sourceId, name: `设备${sourceId}`, kind, place: "", district: seed.district ?? null },
    update: {},
  });
  const original = await deps.store.putBytes(Buffer.from(`recording ${crypto.randomUUID()}`));
  const clip = await db.clip.create({
    data: {
      sourceId,
      collectorId: seed.collectorId ?? null,
      fileName: `${sourceId}.mp4`,
      sha256: original.sha256,
      sizeBytes: original.sizeBytes,
      container: "mov",
      codec: "h264",
      widthPx: 1_280,
      heightPx: 720,
      durationMs,
      startedAt: seed.startedAt,
      receivedAt: seed.startedAt,
      startMethod: "container",
      startUncertaintyMs: seed.uncertaintyMs ?? 1_000,
      state: seed.state ?? "DETECTED",
      telemetryFormat: seed.track === undefined ? null : "gpx/track",
      telemetryChecks: [...(seed.checks ?? [])],
    },
  });
  if (seed.track !== undefined) {
    const points = [];
    for (let offsetMs = 0; offsetMs <= durationMs; offsetMs += everyMs) {
      const at = seed.track(offsetMs);
      points.push({ clipId: clip.id, offsetMs, longitude: at?.longitude ?? null, latitude: at?.latitude ?? null });
    }
    await db.telemetryPoint.createMany({ data: points });
  }
  await db.look.createMany({
    data: (seed.looksMs ?? []).map((offsetMs) => ({
      clipId: clip.id,
      offsetMs,
      sourceId,
      capturedAt: new Date(seed.startedAt.getTime() + offsetMs),
      status: "seen",
      modelId: "m",
      modelSha256: "0".repeat(64),
      detections: [],
    })),
  });
  return clip.id;
}
