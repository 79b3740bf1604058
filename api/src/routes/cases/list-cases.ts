import { caseQuerySchema, casesSchema } from "@mingcha/models/http";
import { caseInclude } from "../../cases/load-case.ts";
import { viewCaseItem } from "../../cases/view-case.ts";
import { caseReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/cases: newest first. */
export const registerListCases: RegisterRoute = (app, deps) => {
  app.get(
    "/api/cases",
    { config: { access: caseReaders }, schema: { querystring: caseQuerySchema, response: { 200: casesSchema } } },
    async (request) => {
      const { cursor, limit } = request.query;
      const before = cursor === undefined ? new Date(8.64e15) : new Date(Number(cursor));
      const rows = await deps.db.case.findMany({
        where: { createdAt: { lt: before } },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: limit + 1,
        include: caseInclude,
      });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map((row) => viewCaseItem(deps, row)),
        next: last === undefined ? null : String(last.createdAt.getTime()),
      };
    },
  );
};
