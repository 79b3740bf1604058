import type { Database } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { idSchema, objectQuerySchema, objectsSchema } from "@mingcha/models/http";
import { objectDuties } from "@mingcha/models/objects";
import { countObjects, findObjects } from "../../objects/find-objects.ts";
import { mayWrite, viewObject } from "../../objects/view-object.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/objects: the register of a kind by name, searched by name, code, plate and place. */
export const registerListObjects: RegisterRoute = (app, deps) => {
  app.get(
    "/api/objects",
    {
      config: { access: objectDuties.read },
      schema: { querystring: objectQuerySchema, response: { 200: objectsSchema } },
    },
    async (request) => {
      const { kind, q, place, state, cursor, limit } = request.query;
      const after = cursor === undefined ? null : await findCursor(deps.db, cursor);
      const [ids, counts] = await Promise.all([
        findObjects(deps.db, { kind, q, place, state, after, limit: limit + 1 }),
        countObjects(deps.db),
      ]);
      const found = await deps.db.registerObject.findMany({ where: { id: { in: ids.slice(0, limit) } } });
      const byId = new Map(found.map((row) => [row.id, row]));
      const items = ids.slice(0, limit).flatMap((id) => byId.get(id) ?? []);
      const last = ids.length > limit ? items.at(-1) : undefined;
      const writes = mayWrite(personOf(request));
      return {
        items: items.map((row) => viewObject(row, writes)),
        next: last?.id ?? null,
        counts,
        mayWrite: writes,
      };
    },
  );
};

/** Where the page before ended: its last object, of which none is ever deleted. */
function findCursor(db: Database, cursor: string): Promise<{ name: string; id: string } | null> {
  const id = idSchema.safeParse(cursor);
  if (!id.success) throw new AppError("BAD_INPUT", { reason: "页码不存在 / no such page" });
  return db.registerObject.findUnique({ where: { id: id.data }, select: { name: true, id: true } });
}
