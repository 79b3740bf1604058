import { appendCustody } from "@mingcha/infra/custody";
import { probe } from "@mingcha/infra/media";
import { masksAt } from "@mingcha/infra/scenes";
import { AppError } from "@mingcha/models";
import { idSchema, stillQuerySchema } from "@mingcha/models/http";
import { z } from "zod";
import { findOwnFlight } from "../../flights/find-own-flight.ts";
import { personOf } from "../../plugins/access.ts";
import { assertKept } from "../../retention/assert-kept.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/**
 * GET /api/clips/{id}/still: one frame for looking and drawing, privacy zones black; a pilot alone of the own flights. Never evidence: that is
 * cut by the detector.
 */
export const registerGetClipStill: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clips/:id/still",
    {
      config: { access: [...recordReaders, "pilot"] },
      schema: { params: z.object({ id: idSchema }), querystring: stillQuerySchema },
    },
    async (request, reply) => {
      const { offsetMs, width } = request.query;
      const clip = await deps.db.clip.findUnique({ where: { id: request.params.id } });
      if (clip === null) throw new AppError("NOT_FOUND", {}, { detail: `clip ${request.params.id}` });
      const person = personOf(request);
      if (!person.duties.some((duty) => recordReaders.includes(duty))) await findOwnFlight(deps, clip.flightId, person);
      await assertKept(deps, { clipId: clip.id }, clip.deletedAt);
      const { sourceId, startedAt, receivedAt } = clip;
      const capturedAt = new Date(startedAt.getTime() + offsetMs);
      const zones = await masksAt(deps.db, { sourceId, capturedAt, receivedAt });
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
