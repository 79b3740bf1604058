import { custodyQuerySchema, custodySchema } from "@mingcha/models/http";
import { z } from "zod";
import type { RegisterRoute } from "../route.ts";

const bodySchema = z.object({ actor: z.object({ name: z.string() }), detail: z.record(z.string(), z.unknown()) });

/** GET /api/custody: the log, newest first, of everything or of one subject. */
export const registerListCustody: RegisterRoute = (app, deps) => {
  app.get(
    "/api/custody",
    {
      config: { access: ["auditor", "head", "administrator"] },
      schema: { querystring: custodyQuerySchema, response: { 200: custodySchema } },
    },
    async (request) => {
      const { subject, cursor, limit } = request.query;
      const rows = await deps.db.custody.findMany({
        where: {
          ...(subject === undefined || subject === "" ? {} : { subject }),
          ...(cursor !== undefined && /^\d{1,15}$/.test(cursor) ? { seq: { lt: BigInt(cursor) } } : {}),
        },
        orderBy: { seq: "desc" },
        take: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        items: page.map((row) => {
          const body = bodySchema.parse(JSON.parse(Buffer.from(row.body).toString("utf8")));
          return {
            seq: Number(row.seq),
            at: row.at.toISOString(),
            action: row.action,
            subject: row.subject,
            actorName: body.actor.name,
            detail: body.detail,
            hash: Buffer.from(row.hash).toString("hex"),
          };
        }),
        next: last === undefined ? null : String(last.seq),
      };
    },
  );
};
