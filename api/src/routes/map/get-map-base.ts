import { mapBaseSchema } from "@mingcha/models/http";
import { z } from "zod";
import type { RegisterRoute } from "../route.ts";

/** GET /api/map/base: street lines and tiles under every map; the same answer until the server starts anew, so it is asked for by its hash. */
export const registerGetMapBase: RegisterRoute = (app, deps) => {
  app.get(
    "/api/map/base",
    { config: { access: "signed_in" }, schema: { response: { 200: mapBaseSchema, 304: z.null() } } },
    async (request, reply) => {
      const { json, etag } = deps.mapBase;
      reply.header("etag", etag).header("cache-control", "private, no-cache");
      if (request.headers["if-none-match"] === etag) return reply.status(304).send(null);
      // written and checked at start: several megabytes are not gone through again for each page
      return reply.header("content-type", "application/json; charset=utf-8").send(json as never);
    },
  );
};
