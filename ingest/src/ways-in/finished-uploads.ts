import { takeUploadNow } from "../intake/take-upload.ts";
import type { OpenWayIn } from "./way-in.ts";

/** Browser uploads that the api has received whole. Its doorbell is faster; this look finds those whose bell was lost. */
export const finishedUploads: OpenWayIn = (deps) => ({
  via: "upload",
  every: { ms: 5_000 },
  look: async () => {
    const uploads = await deps.db.upload.findMany({
      where: { state: "RECEIVED" },
      orderBy: { createdAt: "asc" },
      take: 500,
      select: { id: true },
    });
    for (const { id } of uploads) await takeUploadNow(deps, id);
  },
});
