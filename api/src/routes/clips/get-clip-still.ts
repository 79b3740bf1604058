import { appendCustody } from "@mingcha/infra/custody";
import { probe } from "@mingcha/infra/media";
import { AppError } from "@mingcha/models";
import { idSchema, stillQuerySchema } from "@mingcha/models/http";
import { parseScene } from "@mingcha/models/scene";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { personOf } from "../../plugins/access.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** Zones of the scene that was in force at an instant; none before the first is drawn. */
async function zonesAt(deps: Deps, sourceId: string, at: Date) {
  const row = await deps.db.scene.findFirst({
    where: { sourceId, validFrom: { lte: at } },
    orderBy: [{ validFrom: "desc" }, { version: "desc" }],
  });
  const parsed = row === null ? undefined : parseScene(row.document);
  return parsed?.kind === "ok" ? parsed.scene.zones : [];
}

/** GET /api/clips/{id}/still: one frame for looking and drawing, privacy zones black. Never evidence: that is cut by the detector. */
export const registerGetClipStill: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clips/:id/still",
    {
      config: { access: recordReaders },
      schema: { params: z.object({ id: idSchema }), querystring: stillQuerySchema },
    },
    async (request, reply) => {
      const { offsetMs, width } = request.query;
      const clip = await deps.db.clip.findUnique({ where: { id: request.params.id } });
      if (clip === null) throw new AppError("NOT_FOUND", {}, { detail: `clip ${request.params.id}` });
      const zones = await zonesAt(deps, clip.sourceId, new Date(clip.startedAt.getTime() + offsetMs));
      const still = await deps.store.withFile(clip.sha256, async (file) => {
        const probed = await probe(deps.tools, file);
        if (probed.kind === "refused") return probed;
        return deps.renderStill({
          original: probed.media,
          offsetMs,
          scene: { zones },
          ...(width === undefined ? {} : { widthPxMax: width }),
        });
      });
      if (still.kind === "refused") throw new AppError("MEDIA_REFUSED", still.text);
      const person = personOf(request);
      await deps.db.$transaction((tx) =>
        appendCustody(tx, {
          action: "clip.still_viewed",
          subject: `clip:${clip.id}`,
          actor: { kind: "person", id: person.id, name: person.name },
          detail: { sha256: clip.sha256, offsetMs },
        }),
      );
      return reply
        .header("content-type", "image/jpeg")
        .header("cache-control", "private, max-age=3600")
        .send(Buffer.from(still.bytes));
    },
  );
};
