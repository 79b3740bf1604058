import type { Answer, DataOf } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import type { Asked } from "../known-dock.ts";

/** How far a flight is. Only flights of which files came have a row; the mission itself is not ours to follow. */
export async function noteFlightProgress(
  { db, log }: DockDeps,
  { dock }: Asked,
  { output }: DataOf<"flighttask_progress">,
): Promise<Answer> {
  const flightId = output.ext?.flight_id;
  log.info({ sn: dock.sn, flightId, status: output.status, percent: output.progress?.percent }, "dock flight progress");
  if (flightId !== undefined && output.status !== undefined)
    await db.dockFlight.updateMany({ where: { sn: dock.sn, flightId }, data: { progress: output.status } });
  return { result: "ok" };
}

export async function notePriorityUpload(
  { log }: DockDeps,
  { dock }: Asked,
  { flight_id: flightId }: DataOf<"highest_priority_upload_flighttask_media">,
): Promise<Answer> {
  log.info({ sn: dock.sn, flightId }, "dock uploads the media of this flight first");
  return { result: "ok" };
}

export async function noteServiceReply(
  { log }: DockDeps,
  { dock, envelope }: Asked,
  { result }: DataOf<"upload_flighttask_media_prioritize">,
): Promise<Answer> {
  log.info({ sn: dock.sn, method: envelope.method, result }, "dock answered");
  return { result: "ok" };
}
