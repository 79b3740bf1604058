import { technicalQuestions } from "@mingcha/models/clue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Record<string, Schema>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

/** Paths inside a body at which a list of ids may stand, or a map of anything by id. */
function listsOfIds(schema: Schema | undefined, path = ""): string[] {
  if (schema === undefined) return [];
  const within = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) => list ?? []);
  const nested = [
    ...within.flatMap((part) => listsOfIds(part, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => listsOfIds(part, `${path}/${name}`)),
  ];
  if (schema.items === undefined) return nested;
  const ids =
    schema.items.format === "uuid" ||
    Object.keys(schema.items.properties ?? {}).some((name) => /^id$|clueId/.test(name));
  return [...nested, ...(ids && !isAnswer(schema.items) ? [path] : []), ...listsOfIds(schema.items, `${path}[]`)];
}

/** Answers of a check list are named by the question's id, corrections by a field: no records. */
const isAnswer = ({ properties = {} }: Schema): boolean => "answer" in properties || "kind" in properties;

/** Lists of ids that a body may carry, and what they are. None of them are records to decide on. */
const known: Record<string, string> = {
  "POST /api/clues/{id}/events /handlerIds": "the two officers of one step",
  "POST /api/clues/{id}/on-site /officerIds": "the two officers who are sent to one place",
  "POST /api/suppressions /flagIds": "flags that were rejected already: the ground of one suppression",
};

test("no route takes a verdict on more than one record: none has a body with a list of records", () => {
  const document = api.app.swagger() as {
    paths: Record<string, Record<string, { requestBody?: { content?: Record<string, { schema?: Schema }> } }>>;
  };
  const found: string[] = [];
  let bodies = 0;
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, { requestBody }] of Object.entries(methods))
      for (const { schema } of Object.values(requestBody?.content ?? {})) {
        bodies++;
        // scenes name zones and points by ids of their own
        for (const list of listsOfIds(schema))
          if (!/\/scene\b|\/draft\b/.test(list)) found.push(`${method.toUpperCase()} ${path} ${list}`);
      }
  expect(bodies).toBeGreaterThan(8);
  expect(found.filter((one) => known[one] === undefined)).toEqual([]);
  // the one route that decides names its record in its address
  expect(
    Object.keys(document.paths).filter((path) => path.endsWith("/events") && "post" in (document.paths[path] ?? {})),
  ).toEqual(["/api/clues/{id}/events"]);
});

test("a verdict moves the record it names and no other", async () => {
  const tech = await api.signIn("tech", ["technical_reviewer"]);
  const ids = [await api.seedClue(), await api.seedClue(), await api.seedClue()];
  const body = { event: "tech_pass", version: 1, checklist: passed(technicalQuestions) };
  for (const address of [ids.join(","), ids.join("+"), "*", ""])
    expect((await tech.call("POST", `/api/clues/${address}/events`, body)).statusCode).toBeGreaterThanOrEqual(400);
  for (const many of [[body, body], { ...body, id: ids }, { ...body, ids }]) {
    const answer = await tech.call("POST", `/api/clues/${ids[0]}/events`, many);
    const moved = await api.deps.db.clue.count({ where: { state: "LEGAL_REVIEW" } });
    expect(moved).toBe(answer.statusCode === 200 || moved === 1 ? 1 : 0);
  }
  expect(await api.deps.db.review.count()).toBe(1);
});
