import type { DatabaseOrTransaction, DockFileModel } from "@mingcha/infra/db";
import { compareClaims, type OwnClip, saidSchema } from "@mingcha/models/dock";
import type { DockClaims } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";

/** What the dock's first message said of a file, beside what the file itself says. Null: there is no such file. */
export async function viewClaims({ db }: Pick<Deps, "db">, sn: string, fileId: string): Promise<DockClaims | null> {
  const file = await db.dockFile.findFirst({ where: { id: fileId, sn } });
  if (file === null) return null;
  const { data: said } = saidSchema.safeParse(file.said);
  if (said === undefined) return { claims: [], timezone: null };
  const clip = await loadClip(db, file);
  const own = { sizeBytes: file.sizeBytes === null ? null : Number(file.sizeBytes), sha256: file.sha256, clip };
  return { claims: compareClaims(said, own), timezone: clip?.timezone ?? null };
}

/** The recording that was made of a file, or came before with the same bytes. What was deleted with it is not there to be compared. */
async function loadClip(db: DatabaseOrTransaction, { intakeId }: DockFileModel): Promise<OwnClip | null> {
  if (intakeId === null) return null;
  const intake = await db.intake.findUnique({ where: { id: intakeId }, select: { clipId: true } });
  if (intake?.clipId == null) return null;
  const clip = await db.clip.findUnique({
    where: { id: intake.clipId },
    include: {
      source: { select: { timezone: true } },
      telemetry: {
        select: { longitude: true, latitude: true, heightM: true, altitudeM: true, gimbalYawDeg: true },
        orderBy: { offsetMs: "asc" },
      },
    },
  });
  if (clip === null) return null;
  return {
    fromMs: clip.startedAt.getTime(),
    durationMs: clip.durationMs,
    uncertaintyMs: clip.startUncertaintyMs,
    startMethod: clip.startMethod,
    timezone: clip.source.timezone,
    altitudeType: clip.altitudeType,
    points: clip.telemetry,
  };
}
