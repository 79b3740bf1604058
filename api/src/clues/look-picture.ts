import { probe } from "@mingcha/infra/media";
import { masksAt } from "@mingcha/infra/scenes";
import { z } from "zod";
import type { Deps } from "../deps.ts";

/** A picture cut from an original for the list of evidence: its own hash, and how it was made. */
export const lookPictureSchema = z.object({
  sha256: z.string(),
  sizeBytes: z.number().int(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  madeBy: z.object({
    tool: z.string(),
    version: z.string(),
    steps: z.array(z.string()),
    offsetMs: z.number().int(),
  }),
});
export type LookPicture = z.infer<typeof lookPictureSchema>;

export type CutDeps = Pick<Deps, "db" | "store" | "tools" | "renderStill" | "log">;

interface Look {
  readonly offsetMs: number;
  readonly capturedAt: Date;
  readonly clip: { readonly sha256: string; readonly sourceId: string; readonly receivedAt: Date };
}

/** Cuts the frame of a look from its original into the store, what is private in it blackened; null where that is not possible: the original stays the proof. */
export async function cutLook(deps: CutDeps, { offsetMs, capturedAt, clip }: Look): Promise<LookPicture | null> {
  const { sourceId, receivedAt } = clip;
  const zones = await masksAt(deps.db, { sourceId, capturedAt, receivedAt });
  const still = await deps.store
    .withFile(clip.sha256, async (file) => {
      const probed = await probe(deps.tools, file);
      return probed.kind === "refused"
        ? probed
        : deps.renderStill({ original: probed.media, offsetMs, scene: { zones } });
    })
    .catch((error: unknown) => {
      deps.log.warn({ err: error, sha256: clip.sha256 }, "no picture of the look after the time allowed");
      return null;
    });
  if (still === null || still.kind === "refused") return null;
  const { sha256, sizeBytes } = await deps.store.putBytes(still.bytes);
  const { widthPx, heightPx } = still;
  const steps = [
    "frame of the original at offsetMs, lossless",
    "JPEG quality 92, 4:4:4, no metadata, privacy zones blackened",
  ];
  return {
    sha256,
    sizeBytes,
    widthPx,
    heightPx,
    madeBy: { tool: "ffmpeg", version: deps.tools.ffmpeg.version, steps, offsetMs },
  };
}
