import type { EvidenceView } from "@mingcha/models/http";
import type { LoadedClue } from "./load-clue.ts";

/** A picture cut from an original, with its own hash and that of the original. */
export function viewEvidence(item: LoadedClue["flag"]["evidence"][number]): EvidenceView {
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
  };
}
