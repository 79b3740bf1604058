import { type SourceView, sourceSchema } from "@mingcha/models/http";

type SourceRow = Omit<SourceView, "sceneVersion" | "clips" | "lastLookAt" | "lastLook" | "suspended"> & {
  scenes: readonly { version: number }[];
  _count: { clips: number };
};
/** `isGone`: its recording was deleted when its time was over. */
type LookRow = { capturedAt: Date; clipId: string; offsetMs: number; isGone: boolean };
type WatchRow = { suspended: string | null; suspendedSince: Date | null };

function viewSuspension(row: WatchRow | undefined): SourceView["suspended"] {
  const reason = sourceSchema.shape.suspended.unwrap().shape.reason.safeParse(row?.suspended).data;
  const since = row?.suspendedSince;
  return reason === undefined || since === null || since === undefined ? null : { reason, since: since.toISOString() };
}

/** A source with its newest scene version first among `scenes`, its newest look and the newest state of its watch. */
export function viewSource(
  source: SourceRow,
  newest: { watch: WatchRow | undefined; look: LookRow | undefined },
): SourceView {
  return {
    id: source.id,
    name: source.name,
    kind: source.kind,
    place: source.place,
    longitude: source.longitude,
    latitude: source.latitude,
    timezone: source.timezone,
    deviceId: source.deviceId,
    district: source.district,
    sceneVersion: source.scenes[0]?.version ?? null,
    clips: source._count.clips,
    lastLookAt: newest.look?.capturedAt.toISOString() ?? null,
    lastLook:
      newest.look === undefined || newest.look.isGone
        ? null
        : { clipId: newest.look.clipId, offsetMs: newest.look.offsetMs },
    suspended: viewSuspension(newest.watch),
  };
}
