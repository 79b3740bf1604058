import { type DockFileReason, dockFileReasons, prefixOf } from "@mingcha/models/dock";
import type { DockDetail, DocksView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Person = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let monitor: Person;
let auditor: Person;
const sn = "7CTDM3A00C0001";
beforeAll(async () => {
  api = await createTestApi();
  monitor = await api.signIn("monitor-c", ["monitor"]);
  auditor = await api.signIn("auditor-c", ["auditor"]);
  const { db } = api.deps;
  await db.source.create({ data: { id: "drone-c", name: "drone-c", kind: "drone", place: "", district: "lujiazui" } });
  await db.dock.create({ data: { sn, name: "世纪大道机场", sourceId: "drone-c", bindingCode: "X" } });
  await db.dockFlight.create({ data: { sn, flightId: "f1" } });
});
afterAll(() => api.close());

let next = 0;
async function addFile(state: string, code: DockFileReason | null = null, more: object = {}): Promise<string> {
  const name = `${String(++next).padStart(4, "0")}.mp4`;
  const text = code === null ? null : dockFileReasons[code];
  const { id } = await api.deps.db.dockFile.create({
    data: {
      sn,
      flightId: "f1",
      objectKey: `${prefixOf(sn)}f1/${name}`,
      name,
      state,
      reasonCode: code,
      reasonZh: text?.zh ?? null,
      reasonEn: text?.en ?? null,
      foundBy: "notice",
      ...more,
    },
  });
  return id;
}
const view = async () => (await monitor.call("GET", `/api/docks/${sn}`)).json() as DockDetail;
const fileOf = async (id: string) => (await view()).flights[0]?.files.find((file) => file.id === id);
const decide = (who: Person, id: string, body: object, of = sn) =>
  who.call("POST", `/api/docks/${of}/files/${id}/decisions`, body);
const close = (version: number, more: object = {}) => ({
  step: "close",
  version,
  cause: "lost",
  reason: "存储卡上已没有",
  ...more,
});
/** Newest first. */
const log = async (id: string) =>
  ((await auditor.call("GET", `/api/custody?subject=dock-file:${id}`)).json() as { items: unknown[] }).items;

test.each([
  ["never came", "missing", "object_missing"],
  ["does not agree", "mismatch", "size_differs"],
  ["was refused", "refused", null],
  ["was written again after it had been taken in", "taken", "overwritten_after"],
] as const)("a file that %s is closed with why, leaves the open count, stays to be found, and is opened again", async (_, state, code) => {
  const id = await addFile(state, code);
  const before = await view();
  expect(await fileOf(id)).toMatchObject({ awaits: true, closed: null, version: 1 });
  const answer = await decide(monitor, id, close(1));
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ version: 2 });
  const after = await view();
  expect(after.awaiting).toBe(before.awaiting - 1);
  expect(after.closed).toBe(before.closed + 1);
  expect(after.flights[0]).toMatchObject({ awaiting: after.awaiting, closed: after.closed });
  // what the file is does not change by it
  expect(after.files).toEqual(before.files);
  const { items } = (await monitor.call("GET", "/api/docks")).json() as DocksView;
  expect(items.find((item) => item.sn === sn)).toMatchObject({ awaiting: after.awaiting, closed: after.closed });
  expect(await fileOf(id)).toMatchObject({
    state,
    awaits: false,
    closed: { by: expect.any(String), cause: "lost", reason: "存储卡上已没有" },
  });
  expect((await decide(monitor, id, { step: "reopen", version: 2, reason: "机场找回了" })).statusCode).toBe(200);
  expect(await fileOf(id)).toMatchObject({ awaits: true, closed: null, version: 3 });
  expect(await log(id)).toMatchObject([
    { action: "dock.file_reopened", detail: { cause: null, reason: "机场找回了" } },
    { action: "dock.file_closed", detail: { sn, state, reasonCode: code, cause: "lost", reason: "存储卡上已没有" } },
  ]);
});

test("of clicks at the same moment one counts; a stale page and a file that is not to be closed are refused, and nothing is written", async () => {
  const id = await addFile("missing", "object_missing");
  const answers = await Promise.all(Array.from({ length: 6 }, () => decide(monitor, id, close(1))));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  expect(await log(id)).toHaveLength(1);
  const again = await decide(monitor, id, close(2));
  expect(again.statusCode).toBe(409);
  expect(again.json()).toMatchObject({ code: "DOCK_FILE_STEP_CLOSED", zh: expect.stringContaining("已关闭") });
  for (const [state, code] of [
    ["noticed", null],
    ["verified", null],
    ["taken", null],
  ] as const) {
    const other = await addFile(state, code);
    expect((await decide(monitor, other, close(1))).json()).toMatchObject({ code: "DOCK_FILE_STEP_CLOSED" });
    expect((await decide(monitor, other, { step: "reopen", version: 1, reason: "xx" })).statusCode).toBe(409);
    expect(await log(other)).toEqual([]);
  }
});

test("a file that came after it had been closed stands as what it is now; the page that saw it closed says nothing of it", async () => {
  const id = await addFile("missing", "object_missing");
  await decide(monitor, id, close(1));
  // as ingest takes it up again
  await api.deps.db.dockFile.update({ where: { id }, data: { state: "mismatch", reasonCode: "empty", attempt: 2 } });
  expect(await fileOf(id)).toMatchObject({ awaits: true, closed: null, version: 3 });
  expect((await decide(monitor, id, close(2))).json()).toMatchObject({ code: "STALE" });
  expect((await decide(monitor, id, close(3, { cause: "not_needed" }))).statusCode).toBe(200);
  expect(await fileOf(id)).toMatchObject({ closed: { cause: "not_needed" } });
});

test.each([
  ["no words", close(1, { reason: "  " })],
  ["no cause", close(1, { cause: undefined })],
  ["a cause that is none", close(1, { cause: "because" })],
  ["no step", { version: 1, reason: "why not" }],
])("with %s nothing is closed", async (_, body) => {
  const id = await addFile("refused");
  expect((await decide(monitor, id, body)).statusCode).toBe(400);
  expect(await fileOf(id)).toMatchObject({ awaits: true });
});

test("whoever enters docks, audits or handles cases closes nothing, nor does anybody of another district, and another dock's file is not found", async () => {
  const id = await addFile("missing", "object_missing");
  const admin = await api.signIn("admin-c", ["administrator"]);
  for (const who of [admin, auditor]) expect((await decide(who, id, close(1))).statusCode).toBe(403);
  const elsewhere = await api.signIn("monitor-far", ["monitor"], { districts: ["zhangjiang"] });
  const answer = await decide(elsewhere, id, close(1));
  expect(answer.statusCode).toBe(403);
  expect(answer.json()).toMatchObject({ code: "WRONG_DISTRICT" });
  expect((await decide(monitor, id, close(1), "7CTDM3A00C0002")).statusCode).toBe(404);
  expect(await log(id)).toEqual([]);
  const head = await api.signIn("head-c", ["head"]);
  expect((await decide(head, id, close(1))).statusCode).toBe(200);
});

test("a file stays its source's whatever source the dock has by now: people of that district close it and no others, the log names it, and the page shows it", async () => {
  const { db } = api.deps;
  const far = await api.signIn("monitor-zj", ["monitor"], { districts: ["zhangjiang"] });
  const near = await api.signIn("monitor-ljz", ["monitor"], { districts: ["lujiazui"] });
  const own = await addFile("missing", "object_missing", { sourceId: "drone-c" });
  const unowned = await addFile("missing", "object_missing");
  await db.source.create({ data: { id: "drone-z", name: "张江机", kind: "drone", place: "", district: "zhangjiang" } });
  await db.dock.update({ where: { sn }, data: { sourceId: "drone-z" } });
  expect((await decide(far, own, close(1))).json()).toMatchObject({ code: "WRONG_DISTRICT" });
  expect(await fileOf(own)).toMatchObject({ awaits: true, source: { id: "drone-c", district: "lujiazui" } });
  expect((await decide(near, own, close(1))).statusCode).toBe(200);
  expect(await log(own)).toMatchObject([{ detail: { sourceId: "drone-c" } }]);
  // one that came while the dock had none is the present source's
  expect(await fileOf(unowned)).toMatchObject({ source: { id: "drone-z" } });
  expect((await decide(near, unowned, close(1))).statusCode).toBe(403);
  expect((await decide(far, unowned, close(1))).statusCode).toBe(200);
  await db.dock.update({ where: { sn }, data: { sourceId: "drone-c" } });
});

test("what was said of a file can be neither changed nor removed, whoever asks the database", async () => {
  const id = await addFile("missing", "object_missing");
  await decide(monitor, id, close(1));
  const { db } = api.deps;
  await expect(
    db.dockFileDecision.updateMany({ where: { fileId: id }, data: { reason: "another" } }),
  ).rejects.toThrow();
  await expect(db.dockFileDecision.deleteMany({ where: { fileId: id } })).rejects.toThrow();
  await expect(db.$executeRaw`truncate dock_file_decision`).rejects.toThrow(/append-only/);
  expect(await db.dockFileDecision.count({ where: { fileId: id } })).toBe(1);
});

test("closed files are listed behind all that await somebody and before what is cleanly taken in", async () => {
  const { db } = api.deps;
  await db.dockFlight.create({ data: { sn, flightId: "f2" } });
  const [closedId, openId, cleanId] = [
    await addFile("missing", "object_missing", { flightId: "f2" }),
    await addFile("mismatch", "empty", { flightId: "f2" }),
    await addFile("taken", null, { flightId: "f2" }),
  ];
  await decide(monitor, closedId, close(1));
  const flight = (await view()).flights.find(({ flightId }) => flightId === "f2");
  expect(flight?.files.map(({ id }) => id)).toEqual([openId, closedId, cleanId]);
  expect(flight).toMatchObject({ awaiting: 1, closed: 1, openMore: 0, more: 0 });
});
