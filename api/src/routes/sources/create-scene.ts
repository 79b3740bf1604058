import { registerScene } from "@mingcha/infra/scenes";
import { sceneBodySchema, sceneCreatedSchema } from "@mingcha/models/http";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/**
 * POST /api/sources: a scene.json registers its source or gives it a new scene version; the same document changes nothing, and one drawn on
 * a version that is no longer the newest gets STALE.
 */
export const registerCreateScene: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources",
    {
      config: { access: ["monitor", "administrator"] },
      schema: { body: sceneBodySchema, response: { 200: sceneCreatedSchema } },
    },
    async (request) => {
      const { scene: document, validFrom, baseVersion } = request.body;
      const person = personOf(request);
      const scene = await registerScene(deps.db, document, {
        ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom) }),
        ...(baseVersion === undefined ? {} : { baseVersion }),
        actor: { kind: "person", id: person.id, name: person.name },
      });
      return { sourceId: scene.sourceId, version: scene.version, sha256: scene.sha256 };
    },
  );
};
