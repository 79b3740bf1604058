import type { Database, DockFileModel } from "@mingcha/infra/db";
import { type DockFileState, dockFileStates, isPositioningName } from "@mingcha/models/dock";
import type { DockFileView } from "@mingcha/models/http";
import { z } from "zod";

const checksSchema = z.array(z.object({ zh: z.string(), en: z.string() }));
const isState = (value: string): value is DockFileState => Object.hasOwn(dockFileStates, value);

/** Files with what became of them, and where they are clips, what those say against themselves. */
export async function viewDockFiles(
  db: Pick<Database, "intake" | "clip">,
  files: readonly DockFileModel[],
): Promise<DockFileView[]> {
  const intakes = await db.intake.findMany({
    where: { id: { in: files.flatMap(({ intakeId }) => intakeId ?? []) } },
    select: { id: true, clipId: true },
  });
  const clips = await db.clip.findMany({
    where: { id: { in: intakes.flatMap(({ clipId }) => clipId ?? []) } },
    select: { id: true, flightId: true, telemetryChecks: true },
  });
  return files.flatMap((file) => {
    if (!isState(file.state)) return [];
    const clipId = intakes.find(({ id }) => id === file.intakeId)?.clipId;
    const clip = clips.find(({ id }) => id === clipId);
    return [
      {
        id: file.id,
        name: file.name,
        state: file.state,
        stateAt: file.stateAt.toISOString(),
        reason: file.reasonZh === null || file.reasonEn === null ? null : { zh: file.reasonZh, en: file.reasonEn },
        foundBy: file.foundBy === "sweep" ? ("sweep" as const) : ("notice" as const),
        foundAt: file.foundAt.toISOString(),
        notices: file.notices,
        sizeBytes: file.sizeBytes === null ? null : Number(file.sizeBytes),
        sha256: file.sha256,
        isPositioning: isPositioningName(file.name),
        flightId: clip?.flightId ?? null,
        checks: checksSchema.safeParse(clip?.telemetryChecks).data ?? [],
      },
    ];
  });
}
