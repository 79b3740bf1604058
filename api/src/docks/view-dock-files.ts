import type { DatabaseOrTransaction, DockFileDecisionModel, DockFileModel, DockModel } from "@mingcha/infra/db";
import {
  admissibleEtag,
  closingOf,
  type DockCloseCause,
  type DockFileState,
  dockCloseCauses,
  dockFileStates,
  isPositioningName,
  isTrouble,
  newestOf,
  saidSchema,
} from "@mingcha/models/dock";
import type { DockFileView } from "@mingcha/models/http";
import { z } from "zod";
import { namesOf } from "../people/names-of.ts";
import { admissionText } from "./admissions.ts";
import { fileVersion } from "./decide-file.ts";

const checksSchema = z.array(z.object({ zh: z.string(), en: z.string() }));
const isState = (value: string): value is DockFileState => Object.hasOwn(dockFileStates, value);

/** Files of a dock with what became of them, and where they are clips, what those say against themselves. */
export async function viewDockFiles(
  db: DatabaseOrTransaction,
  dock: Pick<DockModel, "sourceId">,
  files: readonly DockFileModel[],
): Promise<DockFileView[]> {
  const intakes = await db.intake.findMany({
    where: { id: { in: files.flatMap(({ intakeId }) => intakeId ?? []) } },
    select: { id: true, clipId: true, state: true },
  });
  const clips = await db.clip.findMany({
    where: { id: { in: intakes.flatMap(({ clipId }) => clipId ?? []) } },
    select: { id: true, flightId: true, telemetryChecks: true },
  });
  const said = await db.dockFileDecision.findMany({ where: { fileId: { in: files.map(({ id }) => id) } } });
  const sourceIdOf = (file: DockFileModel) => file.sourceId ?? dock.sourceId;
  const sources = await db.source.findMany({
    where: { id: { in: files.flatMap((file) => sourceIdOf(file) ?? []) } },
    select: { id: true, name: true, district: true },
  });
  const names = await namesOf(
    db,
    said.map(({ personId }) => personId),
  );
  return files.flatMap((file) => {
    if (!isState(file.state)) return [];
    const own = said.filter(({ fileId }) => fileId === file.id);
    const closing = closingOf(own, file.attempt);
    const newest = newestOf(own, file.attempt);
    const admission =
      own.find(({ ordinal }) => ordinal === file.admission) ?? (newest?.step === "admit" ? newest : null);
    const intake = intakes.find(({ id }) => id === file.intakeId);
    const clip = clips.find(({ id }) => id === intake?.clipId);
    return [
      {
        id: file.id,
        name: file.name,
        source: sources.find(({ id }) => id === sourceIdOf(file)) ?? null,
        version: fileVersion(file.attempt, own.length),
        state: file.state,
        stateAt: file.stateAt.toISOString(),
        reason: file.reasonZh === null || file.reasonEn === null ? null : { zh: file.reasonZh, en: file.reasonEn },
        foundBy: file.foundBy === "sweep" ? ("sweep" as const) : ("notice" as const),
        foundAt: file.foundAt.toISOString(),
        notices: file.notices,
        sizeBytes: file.sizeBytes === null ? null : Number(file.sizeBytes),
        sha256: file.sha256,
        isPositioning: isPositioningName(file.name),
        isDuplicate: intake?.state === "DUPLICATE",
        flightId: clip?.flightId ?? null,
        checks: checksSchema.safeParse(clip?.telemetryChecks).data ?? [],
        hasClaims: hasClaims(file.said),
        admissible: newest === null || newest.step === "reopen" ? admissibleEtag(file) : null,
        admitted:
          admission === null
            ? null
            : admissionText({
                ...admission,
                by: names.get(admission.personId) ?? admission.personId,
                said: file.said,
                // before it is fetched, that of one written over the announced one is not known
                sizeBytes: file.admission !== null || file.reasonCode === "size_differs" ? file.sizeBytes : null,
              }),
        awaits: isTrouble(file) && closing === null,
        closed: viewClosing(closing, names),
      },
    ];
  });
}

function hasClaims(kept: unknown): boolean {
  const { data: said } = saidSchema.safeParse(kept);
  return said !== undefined && Object.values(said).some((value) => value !== null);
}

function viewClosing(row: DockFileDecisionModel | null, names: ReadonlyMap<string, string>): DockFileView["closed"] {
  if (row === null || row.cause === null || !isCause(row.cause)) return null;
  const { personId, createdAt, cause, reason } = row;
  return { by: names.get(personId) ?? personId, at: createdAt.toISOString(), cause, reason };
}

const isCause = (value: string): value is DockCloseCause => Object.hasOwn(dockCloseCauses, value);
