import { technicalQuestions } from "@mingcha/models/clue";
import { type DockFileReason, dockFileReasons, prefixOf } from "@mingcha/models/dock";
import type { ClueDetail, DockDetail, DocksView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";
import { admissionsOf } from "./admissions.ts";

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

const nothingSaid = {
  sizeBytes: null,
  longitude: null,
  latitude: null,
  absoluteM: null,
  relativeM: null,
  gimbalYawDeg: null,
  createdText: null,
  fingerprint: null,
};
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

const admit = (version: number, etag: string, more: object = {}) => ({
  step: "admit",
  version,
  etag,
  reason: "机场重传过",
  ...more,
});

test("a file that does not agree is taken in on a monitor's word, once, as the object that the page showed; it stays among those that await somebody until it is", async () => {
  const said = { sizeBytes: 12 };
  const id = await addFile("mismatch", "size_differs", {
    etag: "e1",
    sizeBytes: 11n,
    said: { ...nothingSaid, ...said },
  });
  expect(await fileOf(id)).toMatchObject({ admissible: "e1", admitted: null, awaits: true });
  expect((await decide(monitor, id, admit(1, "e2"))).json()).toMatchObject({ code: "STALE" });
  const answers = await Promise.all(Array.from({ length: 4 }, () => decide(monitor, id, admit(1, "e1"))));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
  expect(await fileOf(id)).toMatchObject({
    awaits: true,
    admissible: null,
    admitted: {
      zh: expect.stringMatching(
        /大小与机场通知的不一致（通知 12 字节，文件 11 字节）.*决定照原样入库（对象 e1）：机场重传过/,
      ),
      en: expect.stringMatching(/message 12 bytes, file 11 bytes/),
    },
  });
  expect(await log(id)).toMatchObject([
    { action: "dock.file_admitted", detail: { sn, reasonCode: "size_differs", etag: "e1", reason: "机场重传过" } },
  ]);
  expect((await decide(monitor, id, admit(2, "e1"))).json()).toMatchObject({
    code: "DOCK_FILE_STEP_CLOSED",
    zh: expect.stringContaining("已决定照原样入库"),
  });
  // it may still be closed before its turn comes
  expect((await decide(monitor, id, close(2))).statusCode).toBe(200);
  expect(await fileOf(id)).toMatchObject({ closed: { cause: "lost" }, admissible: null, admitted: null });
});

test("what is broken, gone, misnamed, refused, telemetry or closed is taken in on nobody's word", async () => {
  const closedId = await addFile("mismatch", "overwritten", { etag: "e1", laterEtag: "e2" });
  await decide(monitor, closedId, close(1));
  const others = [
    ...(await Promise.all(
      (["hash_differs", "object_gone", "empty", "too_large", "bad_key"] as const).map((code) =>
        addFile("mismatch", code, { etag: "e1", laterEtag: "e2" }),
      ),
    )),
    await addFile("missing", "object_missing"),
    await addFile("refused", null, { etag: "e1" }),
    await addFile("taken", "overwritten_after", { etag: "e1", laterEtag: "e2" }),
    await addFile("mismatch", "size_differs", { etag: "e1", name: "x.SRT" }),
  ];
  for (const etag of ["e1", "e2"]) {
    for (const id of others)
      expect((await decide(monitor, id, admit(1, etag))).json()).toMatchObject({ code: "DOCK_FILE_STEP_CLOSED" });
    expect((await decide(monitor, closedId, admit(2, etag))).json()).toMatchObject({ code: "DOCK_FILE_STEP_CLOSED" });
  }
  for (const id of others) expect(await fileOf(id)).toMatchObject({ admissible: null });
  expect(await api.deps.db.dockFileDecision.count({ where: { step: "admit", fileId: { in: others } } })).toBe(0);
});

test("whoever reviews, heads, enters docks or audits takes in nothing on his word, nor does a monitor of another district, nor anybody without words", async () => {
  const id = await addFile("mismatch", "overwritten", { etag: "e1", laterEtag: "e2", sourceId: "drone-c" });
  for (const duty of ["technical_reviewer", "legal_reviewer", "head", "administrator", "auditor"] as const) {
    const who = await api.signIn(`not-${duty}`, [duty]);
    expect((await decide(who, id, admit(1, "e2"))).json(), duty).toMatchObject({ code: "WRONG_ROLE" });
  }
  const elsewhere = await api.signIn("monitor-else", ["monitor"], { districts: ["zhangjiang"] });
  expect((await decide(elsewhere, id, admit(1, "e2"))).json()).toMatchObject({ code: "WRONG_DISTRICT" });
  expect((await decide(monitor, id, admit(1, "e2", { reason: " " }))).statusCode).toBe(400);
  expect((await decide(monitor, id, admit(1, "e2", { etag: undefined }))).statusCode).toBe(400);
  expect(await log(id)).toEqual([]);
  expect((await decide(monitor, id, admit(1, "e2"))).statusCode).toBe(200);
});

test("a clip that was made of such a file carries the mark, by the decision itself, to whoever reviews it; another of the same dock does not", async () => {
  const { db } = api.deps;
  const id = await addFile("mismatch", "overwritten", { etag: "e1", laterEtag: "e2" });
  await decide(monitor, id, admit(1, "e2"));
  const makeClue = async () => {
    const clueId = await api.seedClue({ kind: "drone" });
    const { flag } = await db.clue.findUniqueOrThrow({ where: { id: clueId }, include: { flag: true } });
    const clip = await db.clip.findFirstOrThrow({ where: { sourceId: flag.sourceId } });
    const intake = await db.intake.create({
      data: {
        via: "dock",
        fileName: "a.mp4",
        stagedPath: "",
        dedupeKey: `dock:${clip.id}`,
        sizeBytes: 1n,
        clipId: clip.id,
      },
    });
    await db.clip.update({ where: { id: clip.id }, data: { intakeId: intake.id } });
    return { clueId, intake, clip };
  };
  const [own, other] = [await makeClue(), await makeClue()];
  // as ingest leaves it
  await db.dockFile.update({
    where: { id },
    data: { state: "taken", reasonCode: null, attempt: 2, admission: 1, intakeId: own.intake.id },
  });
  const marks = await admissionsOf(db, [own.clip, other.clip]);
  expect([...marks.keys()]).toEqual([own.clip.id]);
  expect(marks.get(own.clip.id)?.zh).toMatch(/通知之后对象被改写.*决定照原样入库（对象 e2）：机场重传过/);
  // on the dock's page it is the same, and stands before what came cleanly
  expect(await fileOf(id)).toMatchObject({ awaits: false, admitted: marks.get(own.clip.id) });
  // and whoever reviews what was seen on it reads it
  const tech = await api.signIn("tech-c", ["technical_reviewer"]);
  const originals = async (clueId: string) =>
    ((await tech.call("GET", `/api/clues/${clueId}`)).json() as ClueDetail).clips;
  expect(await originals(own.clueId)).toMatchObject([{ admitted: marks.get(own.clip.id) }]);
  expect(await originals(other.clueId)).toMatchObject([{ admitted: null }]);
  await expect(db.dockFile.update({ where: { id }, data: { admission: null } })).rejects.toThrow();
  // whoever vouched for it reviews nothing on it, whatever duty he holds later; of another recording he may
  await db.person.update({ where: { id: monitor.person.id }, data: { duties: ["monitor", "technical_reviewer"] } });
  const review = async (clueId: string) => {
    const { version } = await db.clue.findUniqueOrThrow({ where: { id: clueId } });
    const body = { event: "tech_pass", version, checklist: passed(technicalQuestions) };
    return (await monitor.call("POST", `/api/clues/${clueId}/events`, body)).json() as { guard?: string };
  };
  expect(await review(own.clueId)).toMatchObject({ guard: "G-08" });
  expect(await review(other.clueId)).toMatchObject({ state: "LEGAL_REVIEW" });
});

test("what was said of a file can be neither changed nor removed, whoever asks the database", async () => {
  const id = await addFile("missing", "object_missing");
  await decide(monitor, id, close(1));
  const { db } = api.deps;
  await expect(
    db.dockFileDecision.updateMany({ where: { fileId: id }, data: { reason: "another" } }),
  ).rejects.toThrow();
  await expect(db.dockFileDecision.deleteMany({ where: { fileId: id } })).rejects.toThrow();
  await expect(db.$executeRaw`truncate dock_file_decision cascade`).rejects.toThrow(/append-only/);
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
