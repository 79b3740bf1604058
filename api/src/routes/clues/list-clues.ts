import { priorityCodes } from "@mingcha/models/clue";
import { clueQuerySchema, clueStateSchema, cluesSchema, idSchema } from "@mingcha/models/http";
import { z } from "zod";
import { countStates, findPage, type PageEnd } from "../../clues/find-page.ts";
import { clueInclude } from "../../clues/load-clue.ts";
import { viewClueItem } from "../../clues/view-clue.ts";
import { loadBars } from "../../people/bars.ts";
import { personOf } from "../../plugins/access.ts";
import { mixSeeded } from "../../seeded/mix-seeded.ts";
import { recordReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/clues: the review queues. Pages by what the order sorts by; counts per state, up to a thousand, ride along for the tabs. */
export const registerListClues: RegisterRoute = (app, deps) => {
  app.get(
    "/api/clues",
    { config: { access: recordReaders }, schema: { querystring: clueQuerySchema, response: { 200: cluesSchema } } },
    async (request) => {
      const { state, violation, sourceId, q, order, cursor, limit } = request.query;
      const states = (state ?? "").split(",").flatMap((code) => clueStateSchema.safeParse(code.trim()).data ?? []);
      const person = personOf(request);
      const [bars, ids, counts] = await Promise.all([
        loadBars(deps.db, person),
        findPage(deps.db, { states, violation, sourceId, q, order, after: parseCursor(cursor), limit: limit + 1 }),
        countStates(deps.db),
      ]);
      const found = await deps.db.clue.findMany({ where: { id: { in: ids.slice(0, limit) } }, include: clueInclude });
      const byId = new Map(found.map((clue) => [clue.id, clue]));
      const items = ids.slice(0, limit).flatMap((id) => byId.get(id) ?? []);
      const last = ids.length > limit ? items.at(-1) : undefined;
      const listed = items.map((clue) => viewClueItem(deps, clue, person, bars));
      const page =
        cursor === undefined
          ? await mixSeeded(deps, listed, { states, violation, sourceId, q, order }, { person, bars })
          : { items: listed, mixed: null };
      if (page.mixed !== null) counts[page.mixed.state] = (counts[page.mixed.state] ?? 0) + 1;
      return {
        items: page.items,
        next: last === undefined ? null : cursorOf(last),
        counts,
      };
    },
  );
};

const cursorSchema = z.tuple([z.coerce.date(), z.enum(priorityCodes), z.coerce.date(), idSchema]);

const cursorOf = ({ queueAt, priority, createdAt, id }: PageEnd): string =>
  [queueAt.toISOString(), priority, createdAt.toISOString(), id].join("~");

function parseCursor(cursor: string | undefined): PageEnd | null {
  const parsed = cursorSchema.safeParse((cursor ?? "").split("~"));
  if (!parsed.success) return null;
  const [queueAt, priority, createdAt, id] = parsed.data;
  return { queueAt, priority, createdAt, id };
}
