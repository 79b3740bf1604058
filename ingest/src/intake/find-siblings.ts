import type { ClipModel, DatabaseOrTransaction, IntakeModel } from "@mingcha/infra/db";
import { dockLimits, openFileStates } from "@mingcha/models/dock";
import { dockFileOf } from "./said-of-dock.ts";
import { isVia, vias } from "./via.ts";

type Reader = Pick<DatabaseOrTransaction, "intake" | "upload" | "clip" | "dockFile">;

/** Watched folders see the same names again, months later; files of one flight come within a day. */
const sameFlightMs = 86_400_000;
/** An upload that stopped half-way is not waited for. */
const patienceMs = 10 * 60_000;

/** `DJI_0001.MP4` and `dji_0001.srt` are of one recording. */
export const baseName = (fileName: string): string => fileName.replace(/\.[^.]*$/, "").toLowerCase();

/** Only to know what to wait for; what a file is, its content tells. */
export const isTelemetryName = (fileName: string): boolean => /\.(srt|gpx|ulg|klv)$/i.test(fileName);

/** Where groups hold whole flights the base name must agree. */
function isSibling(intake: IntakeModel, other: IntakeModel): boolean {
  if (other.id === intake.id) return false;
  if (Math.abs(other.createdAt.getTime() - intake.createdAt.getTime()) > sameFlightMs) return false;
  const holdsMany = isVia(intake.via) && vias[intake.via].groupsHoldMany;
  return !holdsMany || baseName(other.fileName) === baseName(intake.fileName);
}

async function listGroup(db: Reader, intake: IntakeModel): Promise<IntakeModel[]> {
  if (intake.groupId === null) return [];
  const rows = await db.intake.findMany({ where: { groupId: intake.groupId }, orderBy: { createdAt: "desc" } });
  return rows.filter((row) => isSibling(intake, row));
}

/** Stored telemetry of the same recording: hash of the object. A stored file without a clip is telemetry. */
export async function findTelemetry(db: Reader, intake: IntakeModel): Promise<IntakeModel | null> {
  const group = await listGroup(db, intake);
  return group.find((row) => row.state === "STORED" && row.clipId === null && row.sha256 !== null) ?? null;
}

/** The clip of the same recording to which no file of telemetry came yet; what it carries inside may have placed it already. */
export async function findClip(db: Reader, intake: IntakeModel): Promise<ClipModel | null> {
  const ids = (await listGroup(db, intake)).flatMap(({ clipId }) => (clipId === null ? [] : [clipId]));
  const clips = await db.clip.findMany({
    where: { id: { in: ids } },
    include: { flight: true },
    orderBy: { receivedAt: "desc" },
  });
  return clips.find(({ flight, sha256 }) => flight === null || flight.telemetrySha256 === sha256) ?? null;
}

/** Whether the telemetry of this video is on its way: then the video waits, because it tells when and where. */
export async function isTelemetryComing(db: Reader, intake: IntakeModel): Promise<boolean> {
  if (intake.groupId === null || isTelemetryName(intake.fileName)) return false;
  const group = await listGroup(db, intake);
  if (group.some((row) => row.state === "WAITING" && isTelemetryName(row.fileName))) return true;
  if (intake.via === "dock") return isDockTelemetryComing(db, intake);
  if (intake.via !== "upload") return false;
  const uploads = await db.upload.findMany({
    where: {
      groupId: intake.groupId.replace(/^upload:/, ""),
      state: { in: ["RECEIVING", "RECEIVED"] },
      updatedAt: { gt: new Date(Date.now() - patienceMs) },
    },
  });
  return uploads.some(({ fileName }) => isTelemetryName(fileName) && baseName(fileName) === baseName(intake.fileName));
}

/** Announced or found, but not fetched yet. */
async function isDockTelemetryComing(db: Reader, intake: IntakeModel): Promise<boolean> {
  const file = await dockFileOf(db, intake);
  if (file === null) return false;
  const files = await db.dockFile.findMany({
    where: {
      sn: file.sn,
      flightId: file.flightId,
      intakeId: null,
      state: { in: [...openFileStates] },
      foundAt: { gt: new Date(Date.now() - dockLimits.siblingMs) },
    },
    select: { name: true },
  });
  return files.some(({ name }) => isTelemetryName(name) && baseName(name) === baseName(intake.fileName));
}
