import { type ClueState, clueStateCodes, type PriorityLevel, priorityCodes, queueAtOf } from "@mingcha/models/clue";
import type { ClueItem } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { findPage, type PageEnd } from "./find-page.ts";

let api: TestApi;
let rows: {
  id: string;
  state: ClueState;
  violation: string;
  sourceId: string;
  place: string;
  createdAt: Date;
  queueAt: Date;
  priority: PriorityLevel;
}[];

beforeAll(async () => {
  api = await createTestApi();
  for (let nth = 0; nth < 36; nth++)
    await api.seedClue({
      place: `测试路${nth % 9}号${nth % 4 === 0 ? "_100%" : ""} ${nth}`,
      violation: nth % 3 === 0 ? "STALL" : "CROSS_DOOR",
      sourceId: `cam-${nth % 5}`,
      from: new Date(Date.UTC(2026, 10, 19, 1, nth)),
    });
  const closing = await api.deps.db.clue.findMany({ orderBy: { createdAt: "asc" } });
  const states = ["REJECTED", "DISCARDED", "TECH_REVIEW", "CLOSED_NOT_FOUND"] as const;
  for (const [nth, { id }] of closing.entries())
    await api.deps.db.clue.update({
      where: { id },
      // several at one instant: the id decides between them
      data: {
        state: states[nth % 4] ?? "REJECTED",
        createdAt: new Date(Date.UTC(2026, 10, 20, 1, Math.floor(nth / 3))),
        priority: priorityCodes[nth % 4] ?? "NORMAL",
        queueAt: queueAtOf(priorityCodes[nth % 4] ?? "NORMAL", new Date(Date.UTC(2026, 10, 27 - (nth % 5), 15))),
      },
    });
  rows = await api.deps.db.clue.findMany();
});
afterAll(() => api.close());

type Filter = {
  states: ClueState[];
  violation?: string;
  sourceId?: string;
  q?: string;
  order: "newest" | "oldest" | "due";
};

/** What the pages must be, said the plain way. */
function expected({ states, violation, sourceId, q, order }: Filter): string[] {
  const sign = order === "newest" ? -1 : 1;
  const byDue = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    order === "due"
      ? a.queueAt.getTime() - b.queueAt.getTime() ||
        priorityCodes.indexOf(a.priority) - priorityCodes.indexOf(b.priority)
      : 0;
  return rows
    .filter(
      (row) =>
        (states.length === 0 || states.includes(row.state)) &&
        (violation === undefined || row.violation === violation) &&
        (sourceId === undefined || row.sourceId === sourceId) &&
        (q === undefined || row.place.toLowerCase().includes(q.toLowerCase())),
    )
    .sort((a, b) => byDue(a, b) || sign * (a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)))
    .map(({ id }) => id);
}

test.each<Filter>([
  { states: [], order: "newest" },
  { states: ["TECH_REVIEW"], order: "oldest" },
  { states: ["REJECTED", "DISCARDED", "CLOSED_NOT_FOUND"], order: "newest" },
  { states: ["REJECTED", "TECH_REVIEW"], violation: "STALL", order: "oldest" },
  { states: [], sourceId: "cam-3", order: "newest" },
  { states: [], q: "路3号", order: "newest" },
  { states: ["TECH_REVIEW"], q: "_100%", order: "oldest" },
  { states: [], q: "没有", order: "newest" },
  { states: [], order: "due" },
  { states: ["TECH_REVIEW"], order: "due" },
  { states: ["REJECTED", "TECH_REVIEW"], violation: "STALL", order: "due" },
  { states: [], sourceId: "cam-3", order: "due" },
  { states: [], q: "路3号", order: "due" },
  { states: [], q: "测试路", violation: "CROSS_DOOR", sourceId: "cam-1", order: "oldest" },
])("pages walked one after another are the whole list, each once and in order: %o", async (filter) => {
  const found: string[] = [];
  for (let after: PageEnd | null = null; ; ) {
    const page = await findPage(api.deps.db, { ...filter, after, limit: 4 });
    found.push(...page);
    const last = rows.find(({ id }) => id === page.at(-1));
    if (page.length < 4 || last === undefined) break;
    after = last;
  }
  expect(found).toEqual(expected(filter));
});

test.each(["oldest", "due"] as const)("the route counts every state and pages by its own cursor: %s", async (order) => {
  const auditor = await api.signIn(`auditor-${order}`, ["auditor"]);
  const first = (await auditor.call("GET", `/api/clues?limit=10&order=${order}`)).json();
  const second = (await auditor.call("GET", `/api/clues?limit=10&order=${order}&cursor=${first.next}`)).json();
  const ids = [...first.items, ...second.items].map(({ id }: ClueItem) => id);
  expect(ids).toEqual(expected({ states: [], order }).slice(0, 20));
  const counted = Object.fromEntries(
    clueStateCodes.flatMap((state) => {
      const count = rows.filter((row) => row.state === state).length;
      return count === 0 ? [] : [[state, count]];
    }),
  );
  expect(first.counts).toEqual(counted);
});
