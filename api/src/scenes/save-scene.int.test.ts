import type { SourceDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let li: Caller;
let wang: Caller;
beforeAll(async () => {
  api = await createTestApi();
  li = await api.signIn("li", ["monitor"]);
  wang = await api.signIn("wang", ["monitor"]);
});
afterAll(() => api.close());

const sceneOf = (id: string, place: string) => ({
  source: { id, name: "甲", kind: "fixed" },
  zones: [
    {
      id: "z",
      kind: "public_ground",
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      place,
    },
  ],
  rules: [],
});
const save = (who: Caller, id: string, place: string, extra: object = {}) =>
  who.call("POST", "/api/sources", { scene: sceneOf(id, place), ...extra });
const versionsOf = async (id: string) =>
  ((await li.call("GET", `/api/sources/${id}`)).json() as SourceDetail).scenes.map(({ version }) => version);

test("a draft drawn on the newest version becomes the next one; drawn on an older one it is refused and nothing is written", async () => {
  expect((await save(li, "cam-1", "1号", { baseVersion: 0 })).json()).toMatchObject({ version: 1 });
  expect((await save(li, "cam-1", "2号", { baseVersion: 1 })).json()).toMatchObject({ version: 2 });
  const log = await api.deps.db.custody.count();
  for (const baseVersion of [0, 1, 3]) {
    const late = await save(wang, "cam-1", "3号", { baseVersion });
    expect([late.statusCode, late.json().code], String(baseVersion)).toEqual([409, "STALE"]);
  }
  expect(await versionsOf("cam-1")).toEqual([2, 1]);
  expect(await api.deps.db.custody.count()).toBe(log);
  expect((await save(wang, "cam-1", "3号", { baseVersion: -1 })).statusCode).toBe(400);
  // seen by now, it may be replaced
  expect((await save(wang, "cam-1", "3号", { baseVersion: 2 })).json()).toMatchObject({ version: 3 });
});

test("a file names no version and is the next one; a save sent again is the version that it made", async () => {
  await save(li, "cam-2", "1号");
  expect((await save(wang, "cam-2", "2号")).json()).toMatchObject({ version: 2 });
  expect((await save(wang, "cam-2", "2号", { baseVersion: 1 })).json()).toMatchObject({ version: 2 });
});

test("of two who save at once on one version, one makes the next and the other is told", async () => {
  await save(li, "cam-3", "1号");
  const answers = await Promise.all([
    save(li, "cam-3", "左", { baseVersion: 1 }),
    save(wang, "cam-3", "右", { baseVersion: 1 }),
  ]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  expect(await versionsOf("cam-3")).toEqual([2, 1]);
});
