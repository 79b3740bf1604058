import type { EvidenceView, GoneView } from "@mingcha/models/http";
import { z } from "zod";
import type { LoadedClue } from "./load-clue.ts";

/** A picture cut from an original, with its own hash and that of the original. */
export function viewEvidence(
  item: LoadedClue["flag"]["evidence"][number],
  gone?: ReadonlyMap<string, GoneView>,
): EvidenceView {
  return {
    id: item.id,
    kind: item.kind as EvidenceView["kind"],
    capturedAt: item.capturedAt.toISOString(),
    sha256: item.sha256,
    parentSha256: item.parentSha256,
    mediaType: item.mediaType,
    sizeBytes: item.sizeBytes,
    widthPx: item.widthPx,
    heightPx: item.heightPx,
    clipId: item.clipId,
    offsetMs: item.offsetMs,
    cropNorm: cropOf(item.madeBy),
    gone: gone?.get(item.id) ?? null,
  };
}

const madeBySchema = z.object({ steps: z.array(z.string()) });

/** Which part of the frame was cut out, as its statement of making says. */
function cropOf(madeBy: unknown): EvidenceView["cropNorm"] {
  const steps = madeBySchema.safeParse(madeBy).data?.steps ?? [];
  const [x, y, width, height] = (steps.find((step) => step.startsWith("crop ")) ?? "").slice(5).split(",").map(Number);
  if (x === undefined || y === undefined || width === undefined || height === undefined) return null;
  return [x, y, width, height].every(Number.isFinite) ? [x, y, width, height] : null;
}
