import type { Prisma } from "@mingcha/infra/db";
import { clueQuerySchema, clueStateSchema, cluesSchema } from "@mingcha/models/http";
import { clueInclude } from "../../clues/load-clue.ts";
import { viewClueItem } from "../../clues/view-clue.ts";
import { personOf } from "../../plugins/access.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues: the review queues. Pages by (created, id); counts per state ride along for the tabs. */
export const registerListClues: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues",
    { config: { access: recordReaders }, schema: { querystring: clueQuerySchema, response: { 200: cluesSchema } } },
    async (request) => {
      const { state, violation, sourceId, q, order, cursor, limit } = request.query;
      const states = (state ?? "").split(",").flatMap((code) => clueStateSchema.safeParse(code.trim()).data ?? []);
      const filter: Prisma.ClueWhereInput = {
        ...(states.length > 0 ? { state: { in: states } } : {}),
        ...(violation === undefined ? {} : { violation }),
        ...(sourceId === undefined ? {} : { sourceId }),
        ...(q === undefined || q === "" ? {} : { place: { contains: q, mode: "insensitive" } }),
      };
      const direction = order === "oldest" ? "asc" : "desc";
      const after = parseCursor(cursor);
      const beyond = direction === "asc" ? "gt" : "lt";
      const page: Prisma.ClueWhereInput =
        after === null
          ? {}
          : {
              OR: [
                { createdAt: { [beyond]: after.createdAt } },
                { createdAt: after.createdAt, id: { [beyond]: after.id } },
              ],
            };
      const [rows, grouped] = await Promise.all([
        deps.db.clue.findMany({
          where: { AND: [filter, page] },
          orderBy: [{ createdAt: direction }, { id: direction }],
          take: limit + 1,
          include: clueInclude,
        }),
        deps.db.clue.groupBy({ by: ["state"], _count: true }),
      ]);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const person = personOf(request);
      return {
        items: items.map((clue) => viewClueItem(deps, clue, person)),
        next: last === undefined ? null : `${last.createdAt.toISOString()}~${last.id}`,
        counts: Object.fromEntries(grouped.map((row) => [row.state, row._count])),
      };
    },
  );
};

function parseCursor(cursor: string | undefined): { createdAt: Date; id: string } | null {
  const [time, id] = (cursor ?? "").split("~");
  const createdAt = new Date(time ?? "");
  return id === undefined || !/^[0-9a-f-]{36}$/.test(id) || Number.isNaN(createdAt.getTime())
    ? null
    : { createdAt, id };
}
