import { AppError } from "@mingcha/models";
import { idSchema, objectDetailSchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { z } from "zod";
import { findPriorActs } from "../../objects/prior-acts.ts";
import { mayWrite, viewObject, viewVersions } from "../../objects/view-object.ts";
import { personOf } from "../../plugins/access.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/objects/{id}: one file with every version of it, and what happened there, for those who may look at records. */
export const registerGetObject: RegisterRoute = (app, deps) => {
  app.get(
    "/api/objects/:id",
    {
      config: { access: objectDuties.read },
      schema: { params: z.object({ id: idSchema }), response: { 200: objectDetailSchema } },
    },
    async (request) => {
      const { id } = request.params;
      const person = personOf(request);
      const row = await deps.db.registerObject.findUnique({ where: { id } });
      if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `object ${id}` });
      const versions = await deps.db.objectVersion.findMany({
        where: { objectId: id },
        orderBy: { version: "asc" },
        include: { person: { select: { name: true } } },
      });
      const writes = mayWrite(person);
      const seesActs = person.duties.some((duty) => recordReaders.includes(duty));
      return {
        ...viewObject(row, writes),
        versions: viewVersions(versions, writes),
        acts: seesActs ? await findPriorActs(deps.db, { place: row.place, objectId: id, now: deps.now() }) : null,
        mayWrite: writes,
      };
    },
  );
};
