import type { ClipModel, DatabaseOrTransaction } from "@mingcha/infra/db";
import { carriersOf, type FieldClip, fieldSettings } from "@mingcha/models/field";
import { namesOf } from "../people/names-of.ts";
import { loadIssues } from "./load-issues.ts";

/** Who had a device in a stretch of time, by its register; people by name. */
export async function loadCarriers(
  db: DatabaseOrTransaction,
  sourceId: string,
  span: { readonly fromMs: number; readonly toMs: number; readonly uncertaintyMs: number },
): Promise<{ personId: string | null; name: string }[]> {
  const assigned = carriersOf(await loadIssues(db, sourceId), span);
  const names = await namesOf(
    db,
    assigned.flatMap(({ personId }) => personId ?? []),
  );
  const carriers = assigned.map(({ personId, car }) => ({
    personId,
    name: personId === null ? (car ?? "") : (names.get(personId) ?? personId),
  }));
  return carriers.filter((one, nth) => carriers.findIndex((other) => other.name === one.name) === nth);
}

/** A stored recording as the rule looks at it: carriers, track, and where its device stands. */
export async function loadFieldClip(
  db: DatabaseOrTransaction,
  clip: ClipModel & { source: { kind: string; longitude: number | null; latitude: number | null } },
): Promise<FieldClip> {
  const fromMs = clip.startedAt.getTime();
  const span = { fromMs, toMs: fromMs + clip.durationMs, uncertaintyMs: clip.startUncertaintyMs };
  const { kind, longitude, latitude } = clip.source;
  const track = await db.telemetryPoint.findMany({
    where: { clipId: clip.id },
    orderBy: { offsetMs: "asc" },
    select: { offsetMs: true, longitude: true, latitude: true, sigmaHorizontalM: true },
  });
  return {
    sourceId: clip.sourceId,
    ...span,
    carriers: await loadCarriers(db, clip.sourceId, span),
    uploaderId: clip.collectorId,
    track,
    standsAt:
      kind === "gate" && longitude !== null && latitude !== null
        ? { longitude, latitude, errorM: fieldSettings.markErrorM }
        : null,
  };
}
