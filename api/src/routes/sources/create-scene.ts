import { registerScene } from "@mingcha/infra/scenes";
import { sceneBodySchema, sceneCreatedSchema } from "@mingcha/models/http";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { assertDistrict } from "../../people/bars.ts";
import type { SignedIn } from "../../people/sessions.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

const named = z.object({ source: z.object({ id: z.string() }) });
const drawers = ["monitor", "administrator"] as const;

/** A source that does not exist yet is in no district: it is for people of the whole bureau. What names no source is refused when it is read. */
async function assertMayDraw({ db, profile }: Deps, document: unknown, person: SignedIn): Promise<void> {
  const parsed = named.safeParse(document);
  if (!parsed.success) return;
  const source = await db.source.findUnique({ where: { id: parsed.data.source.id }, select: { district: true } });
  await assertDistrict(db, { profile, district: source?.district ?? null, person, needs: [drawers] });
}

/**
 * POST /api/sources: a scene.json registers its source or gives it a new scene version; the same document changes nothing, and one drawn on
 * a version that is no longer the newest gets STALE.
 */
export const registerCreateScene: RegisterRoute = (app, deps) => {
  app.post(
    "/api/sources",
    {
      config: { access: drawers },
      schema: { body: sceneBodySchema, response: { 200: sceneCreatedSchema } },
    },
    async (request) => {
      const { scene: document, validFrom, baseVersion } = request.body;
      const person = personOf(request);
      await assertMayDraw(deps, document, person);
      const scene = await registerScene(deps.db, document, {
        ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom) }),
        ...(baseVersion === undefined ? {} : { baseVersion }),
        actor: { kind: "person", id: person.id, name: person.name },
      });
      return { sourceId: scene.sourceId, version: scene.version, sha256: scene.sha256 };
    },
  );
};
