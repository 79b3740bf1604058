import { deflateRawSync } from "node:zlib";
import type { ClueObjects, ImportPreview, ObjectDetail } from "@mingcha/models/http";
import type { ObjectFactInput } from "@mingcha/models/objects";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { demoObjects, seedDemoObjects } from "./seed-demo-objects.ts";
import { writeWorkbook } from "./sheets/sheet-task.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"monitor" | "tech" | "legal" | "handler" | "head" | "auditor" | "admin" | "pilot", Caller>;

beforeAll(async () => {
  api = await createTestApi();
  people.monitor = await api.signIn("monitor", ["monitor"]);
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.handler = await api.signIn("handler", ["handler"]);
  people.head = await api.signIn("head", ["head"]);
  people.auditor = await api.signIn("auditor", ["auditor"]);
  people.admin = await api.signIn("admin", ["administrator"]);
  people.pilot = await api.signIn("pilot", ["pilot"]);
});
afterAll(() => api.close());

const code = "91350100M000100Y43";
const unique = () => crypto.randomUUID().slice(0, 8);
const shop = (over: object = {}): ObjectFactInput => ({
  kind: "shop",
  name: `店${unique()}`,
  place: `示例路${unique()}号`,
  telephone: "021-58000001",
  ...over,
});
async function enter(fact: ObjectFactInput, caller = people.handler): Promise<string> {
  const answer = await caller.call("POST", "/api/objects", { fact });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().id;
}
const get = async (caller: Caller, id: string) =>
  (await caller.call("GET", `/api/objects/${id}`)).json() as ObjectDetail;
const list = async (caller: Caller, query: string) => (await caller.call("GET", `/api/objects?${query}`)).json();

describe("the register", () => {
  test("is read by some, written by fewer, and closed to the rest", async () => {
    const fact = shop();
    for (const caller of [people.monitor, people.auditor, people.tech, people.pilot])
      expect((await caller.call("POST", "/api/objects", { fact })).statusCode).toBe(403);
    const id = await enter(fact, people.admin);
    for (const caller of [people.monitor, people.handler, people.head, people.auditor, people.admin])
      expect((await caller.call("GET", `/api/objects/${id}`)).statusCode).toBe(200);
    for (const caller of [people.tech, people.pilot])
      expect((await caller.call("GET", `/api/objects/${id}`)).statusCode).toBe(403);
    const template = (caller: Caller) => caller.call("GET", "/api/objects/template?kind=shop");
    expect((await template(people.monitor)).statusCode).toBe(403);
    expect((await template(people.head)).rawPayload.subarray(0, 2).toString()).toBe("PK");
  });

  test("shows telephone numbers to those who work with them, also in what changed", async () => {
    const id = await enter(shop());
    const { version, fact } = await get(people.handler, id);
    const changed = { kind: "shop", name: fact.name, place: fact.place, telephone: "021-58000002" };
    expect((await people.head.call("PATCH", `/api/objects/${id}`, { version, fact: changed })).statusCode).toBe(200);
    const [seen, hidden] = [await get(people.handler, id), await get(people.monitor, id)];
    expect(seen.fact.telephone).toBe("021-58000002");
    expect(seen.versions[0]?.changes).toEqual([{ field: "telephone", before: "021-58000001", after: "021-58000002" }]);
    expect(JSON.stringify(hidden)).not.toContain("5800000");
    expect(hidden.fact.hasTelephone).toBe(true);
    expect(hidden.versions[0]?.changes).toEqual([{ field: "telephone", before: null, after: null }]);
  });

  test("keeps every version with who made it and when; the log names fields and no content", async () => {
    const id = await enter(shop({ operator: "张三" }));
    const before = await get(people.head, id);
    const fact = { kind: "shop", name: before.name, place: before.place, operator: "李四" };
    await people.head.call("PATCH", `/api/objects/${id}`, { version: 1, fact, reason: "换了经营者" });
    const { versions } = await get(people.handler, id);
    expect(versions.map(({ version, action, by, reason }) => [version, action, by, reason])).toEqual([
      [2, "changed", "人员head", "换了经营者"],
      [1, "created", "人员handler", null],
    ]);
    const logged = await api.deps.db.custody.findMany({ where: { subject: `object:${id}` }, orderBy: { seq: "asc" } });
    expect(logged.map(({ action }) => action)).toEqual(["object.created", "object.changed"]);
    const text = logged.map(({ body }) => Buffer.from(body).toString("utf8")).join();
    expect(text).toContain('"operator"');
    for (const personal of ["张三", "李四", "5800000"]) expect(text).not.toContain(personal);
  });

  test("refuses a page drawn from an older version, and what is there already", async () => {
    const fact = shop({ creditCode: code });
    const id = await enter(fact);
    const change = (version: number, over: object) =>
      people.handler.call("PATCH", `/api/objects/${id}`, { version, fact: { ...fact, ...over } });
    expect((await change(1, { note: "一" })).json()).toEqual({ id, version: 2 });
    expect((await change(1, { note: "二" })).json()).toMatchObject({ code: "STALE" });
    expect((await change(2, { note: "一" })).json()).toEqual({ id, version: 2 });
    expect((await people.handler.call("POST", "/api/objects", { fact })).json()).toMatchObject({
      code: "OBJECT_EXISTS",
    });
    const renamed = { ...fact, name: "另一店名" };
    expect((await people.handler.call("POST", "/api/objects", { fact: renamed })).json()).toMatchObject({
      code: "OBJECT_EXISTS",
    });
    const vehicle = { kind: "vehicle", plate: "沪A12345" };
    expect(
      (await people.handler.call("PATCH", `/api/objects/${id}`, { version: 2, fact: vehicle })).json(),
    ).toMatchObject({ code: "BAD_INPUT" });
  });

  test("deletes nothing: a file is closed with a reason, stays, and makes room for its successor", async () => {
    const fact = shop();
    const id = await enter(fact);
    const close = (body: object) => people.head.call("POST", `/api/objects/${id}/close`, body);
    expect((await close({ version: 1, reason: " " })).statusCode).toBe(400);
    expect((await close({ version: 7, reason: "歇业" })).json()).toMatchObject({ code: "STALE" });
    expect((await close({ version: 1, reason: "歇业" })).statusCode).toBe(200);
    expect((await close({ version: 2, reason: "歇业" })).json()).toMatchObject({ code: "OBJECT_CLOSED" });
    expect((await people.head.call("PATCH", `/api/objects/${id}`, { version: 2, fact })).json()).toMatchObject({
      code: "OBJECT_CLOSED",
    });
    expect((await get(people.monitor, id)).closed).toMatchObject({ reason: "歇业" });
    expect(await enter(fact)).not.toBe(id);
    const { db } = api.deps;
    await expect(db.registerObject.delete({ where: { id } })).rejects.toThrow();
    await expect(db.registerObject.update({ where: { id }, data: { name: "x", version: 3 } })).rejects.toThrow();
    await expect(db.objectVersion.updateMany({ where: { objectId: id }, data: { action: "x" } })).rejects.toThrow();
  });

  test("refuses a wrong code, plate and telephone with a sentence in both languages", async () => {
    const refused = async (fact: unknown) => (await people.handler.call("POST", "/api/objects", { fact })).json();
    const wrongCode = await refused(shop({ creditCode: "91350100M000100Y44" }));
    expect(wrongCode).toMatchObject({ code: "BAD_INPUT" });
    expect(wrongCode.zh).toContain("统一社会信用代码");
    expect(await refused({ kind: "vehicle", plate: "沪A1" })).toMatchObject({ code: "BAD_INPUT" });
    expect(await refused(shop({ telephone: "不详" }))).toMatchObject({ code: "BAD_INPUT" });
  });

  test("is searched by any part of a name, code or place, and pages without leaving one out or naming one twice", async () => {
    const key = unique();
    for (let nth = 0; nth < 7; nth++) await enter(shop({ name: `分页${key}店${nth}`, operator: "王经营" }));
    await enter({ kind: "vehicle", plate: "沪B98765", carrier: "分页运输" });
    const first = await list(people.monitor, `kind=shop&q=${encodeURIComponent(`页${key}`)}&limit=5`);
    const rest = await list(
      people.monitor,
      `kind=shop&q=${encodeURIComponent(`页${key}`)}&limit=5&cursor=${first.next}`,
    );
    expect([...first.items, ...rest.items].map(({ name }: { name: string }) => name)).toEqual(
      Array.from({ length: 7 }, (_, nth) => `分页${key}店${nth}`),
    );
    expect(rest.next).toBeNull();
    expect((await list(people.monitor, "kind=vehicle&q=b987")).items).toHaveLength(1);
    expect((await list(people.monitor, "kind=shop&q=%25")).items).toEqual([]);
    expect((await list(people.monitor, `kind=shop&q=${encodeURIComponent("王经营")}`)).items).toEqual([]);
    expect((await people.monitor.call("GET", "/api/objects?kind=shop&q=a%00b")).statusCode).toBe(200);
    expect((await list(people.monitor, "kind=shop&cursor=nonsense")).code).toBe("BAD_INPUT");
  });

  test("tells what happened at a place and with an object, with outcome and counts; not to those who may not see records", async () => {
    const place = `示例路${unique()}号`;
    const id = await enter(shop({ place }));
    const here = await api.seedClue({ place: `${place} 门前`, from: new Date(Date.now() - 86_400_000) });
    await api.seedClue({ place, from: new Date(Date.now() - 400 * 86_400_000) });
    await api.seedClue({ place: `${place}附近`, from: new Date(Date.now() - 86_400_000) });
    const elsewhere = await api.seedClue({ from: new Date(Date.now() - 2 * 86_400_000) });
    await people.legal.call("POST", `/api/clues/${elsewhere}/objects`, { objectId: id, version: 1 });
    const { acts } = await get(people.monitor, id);
    expect(acts?.items.map(({ clueId, confirmed, state }) => [clueId, confirmed, state])).toEqual([
      [here, false, "TECH_REVIEW"],
      [elsewhere, true, "TECH_REVIEW"],
    ]);
    expect(acts?.counts).toEqual({ TECH_REVIEW: 2 });
    expect((await get(people.admin, id)).acts).toBeNull();
  });
});

test("the demo's objects are entered once, marked, and what a person made of one stays", async () => {
  const { db } = api.deps;
  await seedDemoObjects(db);
  const made = await db.registerObject.findMany({ where: { demo: true }, include: { versions: true } });
  expect(made).toHaveLength(demoObjects.length);
  for (const { versions } of made) expect(versions).toMatchObject([{ version: 1, createdBy: null }]);
  const [one] = made;
  await people.head.call("POST", `/api/objects/${one?.id}/close`, { version: 1, reason: "不再演示" });
  await seedDemoObjects(db);
  expect(await db.registerObject.count({ where: { demo: true } })).toBe(demoObjects.length);
  expect(await db.registerObject.count({ where: { demo: true, closedAt: null } })).toBe(demoObjects.length - 1);
});

describe("a match between a record and an object", () => {
  test("is offered with why, and made by a person alone", async () => {
    const place = `示例路${unique()}号`;
    const [at, around] = [await enter(shop({ place: `${place} 门前` })), await enter(shop({ place }))];
    await enter(shop({ place: `${place}甲` }));
    const clue = await api.seedClue({ place: `${place} 门前` });
    const offered = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(offered.candidates.map(({ object, reasons }) => [object.id, reasons[0]?.code])).toEqual([
      [at, "place"],
      [around, "place_within"],
    ]);
    expect(offered.confirmed).toBeNull();
    expect(await api.deps.db.objectMatch.count({ where: { clueId: clue } })).toBe(0);

    const confirm = (caller: Caller, body: object) => caller.call("POST", `/api/clues/${clue}/objects`, body);
    for (const caller of [people.monitor, people.head, people.auditor, people.admin])
      expect((await confirm(caller, { objectId: at, version: 1 })).statusCode).toBe(403);
    const machine = await api.app.inject({
      method: "POST",
      url: `/api/clues/${clue}/objects`,
      headers: { "x-mingcha": "1" },
      payload: { objectId: at, version: 1 },
    });
    expect(machine.statusCode).toBe(401);
    const row = { clueId: clue, objectId: at, objectVersion: 1, reasons: [] };
    await expect(
      api.deps.db.objectMatch.create({ data: { ...row, confirmedBy: "00000000-0000-4000-8000-000000000000" } }),
    ).rejects.toThrow();

    expect((await confirm(people.tech, { objectId: at, version: 9 })).json()).toMatchObject({ code: "STALE" });
    expect((await confirm(people.tech, { objectId: at, version: 1 })).statusCode).toBe(200);
    const again = await confirm(people.legal, { objectId: around, version: 1 });
    expect(again.json()).toMatchObject({ code: "MATCH_STANDS" });
    const after = (await people.legal.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(after.confirmed).toMatchObject({ object: { id: at }, confirmedBy: "人员tech", objectVersion: 1 });
    expect(after.candidates.map(({ object }) => object.id)).toEqual([around]);
  });

  test("is taken back with a reason, seen ever after, and changed in no other way", async () => {
    const id = await enter(shop());
    const clue = await api.seedClue();
    const { id: matchId } = (
      await people.tech.call("POST", `/api/clues/${clue}/objects`, { objectId: id, version: 1 })
    ).json();
    const withdraw = (reason: string) =>
      people.legal.call("POST", `/api/clues/${clue}/objects/${matchId}/withdraw`, { reason });
    expect((await withdraw(" ")).statusCode).toBe(400);
    expect((await withdraw("看错了门牌")).statusCode).toBe(200);
    expect((await withdraw("看错了门牌")).json()).toMatchObject({ code: "STALE" });
    const view = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(view.confirmed).toBeNull();
    expect(view.withdrawn[0]?.withdrawn).toMatchObject({ by: "人员legal", reason: "看错了门牌" });
    const { db } = api.deps;
    await expect(db.objectMatch.delete({ where: { id: matchId } })).rejects.toThrow();
    await expect(db.objectMatch.update({ where: { id: matchId }, data: { withdrawnReason: "x" } })).rejects.toThrow();
    const logged = await db.custody.findMany({ where: { subject: `clue:${clue}` }, orderBy: { seq: "asc" } });
    expect(logged.map(({ action }) => action).filter((action) => action.includes("object"))).toEqual([
      "clue.object_confirmed",
      "clue.object_withdrawn",
    ]);
  });

  test("offers trucks whose plate was read, or nearly, and shows telephones to handlers alone", async () => {
    const exact = await enter({ kind: "vehicle", plate: "沪A77777", telephone: "021-58000003" });
    const near = await enter({ kind: "vehicle", plate: "沪A7777T" });
    await enter({ kind: "vehicle", plate: "沪A88888" });
    const clue = await api.seedClue({ violation: "TRUCK_UNCOVERED" });
    const { flagId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: clue } });
    const characters = [..."沪A77777"].map((char, nth) => ({
      char,
      confidence: 0.9,
      alternatives: nth === 6 ? [{ char: "T", confidence: 0.1 }] : [],
    }));
    const plate = {
      text: "沪A77777",
      characters,
      confidence: 0.9,
      layout: "yellow",
      format: "ok",
      cornersNorm: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    };
    const reading = {
      detection: 0,
      attribute: "plate",
      value: "沪A77777",
      outcome: "judged",
      confidence: 0.9,
      modelId: "m",
      modelSha256: "a".repeat(64),
      plate,
    };
    await api.deps.db.flag.update({ where: { id: flagId }, data: { readings: { items: [reading] } } });
    const view = async (caller: Caller) =>
      (await caller.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    const seen = await view(people.tech);
    expect(seen.candidates.map(({ object, reasons }) => [object.id, reasons[0]?.code])).toEqual([
      [exact, "plate"],
      [near, "plate_near"],
    ]);
    expect(JSON.stringify(seen)).not.toContain("58000003");
    expect((await view(people.handler)).candidates[0]?.object.fact.telephone).toBe("021-58000003");
    const searched = await people.legal.call("GET", `/api/clues/${clue}/objects?q=${encodeURIComponent("A888")}`);
    expect((searched.json() as ClueObjects).candidates.at(-1)).toMatchObject({
      object: { name: "沪A88888" },
      reasons: [{ code: "searched" }],
    });
  });

  test("cannot be made while another person decides on the record, nor with a closed file", async () => {
    const id = await enter(shop());
    const clue = await api.seedClue();
    const other = await api.signIn(`other-${unique()}`, ["technical_reviewer"]);
    await other.call("POST", `/api/clues/${clue}/lease`);
    const confirm = (caller: Caller) => caller.call("POST", `/api/clues/${clue}/objects`, { objectId: id, version: 1 });
    expect((await confirm(people.tech)).json()).toMatchObject({ code: "TAKEN" });
    await people.head.call("POST", `/api/objects/${id}/close`, { version: 1, reason: "歇业" });
    expect((await confirm(other)).json()).toMatchObject({ code: "OBJECT_CLOSED" });
  });

  test("stands beside the permits of the place, each with how much of the act it covers", async () => {
    const place = `疏导点${unique()}`;
    const permit = (over: object): ObjectFactInput => ({
      kind: "permit",
      place,
      violations: ["CROSS_DOOR"],
      validFrom: "2026-01-01",
      validTo: "2026-12-31",
      days: "1-7",
      from: "08:00",
      to: "12:00",
      reference: `许${unique()}`,
      ...over,
    });
    // 2026-11-20 is a Friday; the act is from 09:00 to 09:01 in Shanghai
    const covers = await enter(permit({}));
    const other = await enter(permit({ violations: ["STALL"] }));
    const evening = await enter(permit({ from: "18:00", to: "22:00" }));
    const clue = await api.seedClue({ place });
    const { permits } = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(
      permits.map(({ object, cover, namesMatter, recordedLater }) => [object.id, cover, namesMatter, recordedLater]),
    ).toEqual([
      [covers, "whole", true, true],
      [evening, "none", true, true],
      [other, "whole", false, true],
    ]);
  });
});

const octets = (caller: Caller, url: string, payload: Buffer | Uint8Array) =>
  api.app.inject({
    method: "POST",
    url,
    cookies: { mingcha_sid: caller.token },
    headers: { "x-mingcha": "1", "content-type": "application/octet-stream" },
    payload: Buffer.from(payload),
  });
const preview = (payload: Buffer | Uint8Array, kind = "shop", caller = people.handler) =>
  octets(caller, `/api/objects/import-preview?kind=${kind}`, payload);
const run = (payload: Buffer | Uint8Array, plan: string, kind = "shop", caller = people.handler) =>
  octets(caller, `/api/objects/import?kind=${kind}&plan=${plan}`, payload);

describe("a permit that was changed after an act", () => {
  test("says what it covers now and what it covered by the version that stood then", async () => {
    const place = `疏导点${unique()}`;
    const fact: ObjectFactInput = {
      kind: "permit",
      place,
      violations: ["CROSS_DOOR"],
      validFrom: "2020-01-01",
      validTo: "2099-12-31",
      from: "00:00",
      to: "24:00",
      reference: `许${unique()}`,
    };
    const id = await enter(fact);
    const clue = await api.seedClue({ place, from: new Date() });
    const view = async () => {
      const { permits } = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
      return permits.map(({ cover, coverThen, changedLater, recordedLater }) => [
        cover,
        coverThen,
        changedLater,
        recordedLater,
      ]);
    };
    expect(await view()).toEqual([["whole", null, false, false]]);
    await people.head.call("PATCH", `/api/objects/${id}`, { version: 1, fact: { ...fact, validTo: "2020-12-31" } });
    expect(await view()).toEqual([["none", "whole", true, false]]);
    await people.head.call("POST", `/api/objects/${id}/close`, { version: 2, reason: "撤销" });
    expect(await view()).toHaveLength(1);
    const later = await api.seedClue({ place, from: new Date(Date.now() + 3_600_000) });
    const after = (await people.tech.call("GET", `/api/clues/${later}/objects`)).json() as ClueObjects;
    expect(after.permits).toEqual([]);
  });
});

describe("an import", () => {
  test("says what is wrong before it writes, writes the good rows, and the same file twice changes nothing", async () => {
    const key = unique();
    const known = await enter(shop({ name: `已有${key}`, place: `路${key}`, telephone: null }));
    const sheet = await writeWorkbook([
      {
        name: "商户",
        widths: [20, 20, 20, 20],
        rows: [
          ["某街道商户登记表", "", "", ""],
          ["店名", "地点", "统一社会信用代码", "联系电话"],
          [`新店${key}`, `路${key}`, code, "021-58000009"],
          [`已有${key}`, `路${key}`, "", "021-58000008"],
          [`坏码${key}`, `路${key}`, "91350100M000100Y44", ""],
          [`无地点${key}`, "", "", ""],
          [`新店${key}`, `路${key}`, "", ""],
        ],
      },
    ]);
    const seen = (await preview(sheet)).json() as ImportPreview;
    expect(seen.counts).toEqual({ create: 1, update: 1, same: 0, error: 3 });
    expect(seen.rows.slice(0, 3).map(({ row, problems }) => [row, problems[0]?.code])).toEqual([
      [5, "bad_credit_code_check"],
      [6, "missing"],
      [7, "duplicate_in_file"],
    ]);
    expect(await api.deps.db.registerObject.count({ where: { name: `新店${key}` } })).toBe(0);

    expect((await run(sheet, seen.plan)).json()).toEqual({ created: 1, updated: 1, same: 0, refused: 3 });
    const updated = await get(people.handler, known);
    expect(updated).toMatchObject({ version: 2, fact: { telephone: "021-58000008" } });
    expect(updated.versions[0]).toMatchObject({ action: "changed", by: "人员handler", sheetSha256: seen.sha256 });

    const rows = () => api.deps.db.objectVersion.count();
    const before = await rows();
    expect((await run(sheet, seen.plan)).json()).toMatchObject({ code: "PREVIEW_STALE" });
    const second = (await preview(sheet)).json() as ImportPreview;
    expect(second.counts).toEqual({ create: 0, update: 0, same: 2, error: 3 });
    expect((await run(sheet, second.plan)).json()).toEqual({ created: 0, updated: 0, same: 2, refused: 3 });
    expect(await rows()).toBe(before);
    const logged = await api.deps.db.custody.findMany({ where: { action: "objects.imported" } });
    expect(logged.filter(({ body }) => Buffer.from(body).includes(seen.sha256))).toHaveLength(1);
  });

  test("writes nothing where the register moved on after the preview, or another file is sent", async () => {
    const key = unique();
    const csv = (name: string) => Buffer.from(`店名,地点\n${name}${key},路${key}\n`);
    const seen = (await preview(csv("甲"))).json() as ImportPreview;
    expect((await run(csv("乙"), seen.plan)).json()).toMatchObject({ code: "PREVIEW_STALE" });
    await enter(shop({ name: `甲${key}`, place: `路${key}` }));
    expect((await run(csv("甲"), seen.plan)).json()).toMatchObject({ code: "PREVIEW_STALE" });
    expect(await api.deps.db.registerObject.count({ where: { name: { endsWith: key } } })).toBe(1);
  });

  test.each([
    ["UTF-8 BOM", (text: string) => Buffer.from(`\uFEFF${text}`)],
    ["UTF-8", (text: string) => Buffer.from(text)],
    ["UTF-16", (text: string) => Buffer.from(`\uFEFF${text.replaceAll(",", "\t")}`, "utf16le")],
  ])("recognises a text in %s", async (encoding, write) => {
    const seen = (
      await preview(
        write(`车牌号,颜色,准运证号\r\n沪A${unique().replace(/\D/g, "1").slice(0, 5)},黄牌,"一,二"\r\n`),
        "vehicle",
      )
    ).json();
    expect(seen).toMatchObject({ encoding, counts: { create: 1, error: 0 } });
  });

  test("recognises a text in GBK, as Chinese spreadsheets save it", async () => {
    // 店名,地点 / 示例店,示例路
    const gbk = Buffer.from("b5eac3fb2cb5d8b5e30acabec0fdb5ea2ccabec0fdc2b70a", "hex");
    const seen = (await preview(gbk)).json() as ImportPreview;
    expect(seen).toMatchObject({ encoding: "GB 18030", rows: [{ name: "示例店", place: "示例路" }] });
  });

  test("is refused whole with a sentence where the file is no sheet, has no known heading, lacks one, or is empty", async () => {
    const refused = async (bytes: Buffer) => {
      const answer = await preview(bytes);
      expect(answer.statusCode).toBe(422);
      expect(answer.json()).toMatchObject({ code: "SHEET_REFUSED" });
      return answer.json().zh as string;
    };
    expect(await refused(Buffer.from("天气,温度\n晴,20\n"))).toContain("店名");
    expect(await refused(Buffer.from("店名,电话\n店,021-58000000\n"))).toContain("地点");
    expect(await refused(Buffer.from("店名,地点\n"))).toContain("没有内容");
    expect(await refused(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]))).toContain("不是表格");
    expect(await refused(Buffer.from("PK not a workbook at all"))).toContain("工作簿");
    expect((await preview(Buffer.alloc(0))).statusCode).toBeGreaterThanOrEqual(400);
    expect((await people.handler.call("POST", "/api/objects/import-preview?kind=shop", {})).statusCode).toBe(400);
    expect((await preview(Buffer.alloc(9 * 1_048_576))).statusCode).toBe(400);
  });

  test("survives a bomb, whether its directory says how large it is or lies", async () => {
    const bombs = [300 * 1_048_576, 1_000].map(bomb);
    const rssBefore = process.memoryUsage().rss;
    for (const one of bombs) {
      const answer = await preview(one);
      expect(answer.json()).toMatchObject({ code: "SHEET_REFUSED" });
    }
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(200 * 1_048_576);
    expect((await people.handler.call("GET", "/api/objects?kind=shop")).statusCode).toBe(200);
  });

  test("is for those who write the register", async () => {
    const csv = Buffer.from("店名,地点\n店,路\n");
    expect((await preview(csv, "shop", people.monitor)).statusCode).toBe(403);
    expect((await run(csv, "0".repeat(64), "shop", people.auditor)).statusCode).toBe(403);
  });

  test("reads back what an export wrote as it was, formulas as text; who took it out is in the log", async () => {
    const key = unique();
    const id = await enter(
      shop({
        name: `=1+1${key}`,
        place: `导出路${key}`,
        creditCode: code,
        pledges: [
          { signedOn: "2026-03-01", reference: "一" },
          { signedOn: "2026-04-01", reference: "二" },
        ],
      }),
    );
    await enter({
      kind: "permit",
      place: `路${key}`,
      violations: ["STALL", "TRUCK_NO_DEVICE"],
      validFrom: "2026-01-01",
      validTo: "2026-12-31",
      days: "1-5,7",
      from: "17:00",
      to: "24:00",
      reference: `许${key}`,
    });
    await enter({ kind: "vehicle", plate: "沪C12345", plateColour: "yellow_green", carrier: "@运输" });
    expect((await people.monitor.call("GET", "/api/objects/export?kind=shop")).statusCode).toBe(403);
    for (const kind of ["shop", "vehicle", "permit"])
      for (const format of ["csv", "xlsx"])
        for (const language of ["zh", "en"]) {
          const out = await people.head.call(
            "GET",
            `/api/objects/export?kind=${kind}&format=${format}&language=${language}`,
          );
          expect(out.statusCode).toBe(200);
          if (format === "csv" && kind === "shop") expect(out.body).toContain(`'=1+1${key}`);
          const seen = (await preview(out.rawPayload, kind)).json() as ImportPreview;
          expect(seen.counts, `${kind} ${format} ${language}`).toMatchObject({ create: 0, update: 0, error: 0 });
        }
    expect((await get(people.handler, id)).version).toBe(1);
    expect(await api.deps.db.custody.count({ where: { action: "objects.exported", subject: "register:shop" } })).toBe(
      4,
    );
  });
});

/** A zip file of one sheet that unpacks to 300 MB of blanks, with whatever size its directory says. */
function bomb(says: number): Buffer {
  const data = deflateRawSync(Buffer.alloc(300 * 1_048_576, 0x20));
  const name = Buffer.from("xl/worksheets/sheet1.xml");
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(says, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(says, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, name, data, central, name, end]);
}

describe("a case", () => {
  test("opened from a record with a confirmed object has its party from the register, marked until a handler confirms it", async () => {
    const { openCase } = await import("../cases/open-case.ts");
    const { loadClue } = await import("../clues/load-clue.ts");
    const second = await api.signIn(`second-${unique()}`, ["handler"]);
    const id = await enter(shop({ creditCode: code, operator: "张三" }));
    const clueId = await api.seedClue();
    await people.tech.call("POST", `/api/clues/${clueId}/objects`, { objectId: id, version: 1 });
    const clue = await loadClue(api.deps.db, clueId);
    const caseId = await api.deps.db.$transaction((tx) =>
      openCase(tx, api.deps, clue, [people.handler.person.id, second.person.id]),
    );
    const view = async () => (await people.handler.call("GET", `/api/cases/${caseId}`)).json();
    const { party, version } = await view();
    expect(party).toMatchObject({ kind: "unit", idNumber: code, representative: "张三", phone: "021-58000001" });
    expect(party.address).toBeUndefined();
    expect(party.register).toMatchObject({
      objectId: id,
      version: 1,
      unconfirmed: ["name", "idNumber", "representative", "phone"],
    });
    const save = async (body: object) => (await people.handler.call("PATCH", `/api/cases/${caseId}`, body)).json();
    const { register: _, ...plain } = party;
    const kept = await save({ version, party: { ...plain, phone: "021-58000077" } });
    expect(kept.party.register.unconfirmed).toEqual(["name", "idNumber", "representative"]);
    const confirmed = await save({ version: kept.version, party: plain, partyConfirmed: true });
    expect(confirmed.party.register).toBeUndefined();
    const logged = await api.deps.db.custody.findMany({ where: { subject: `case:${caseId}` } });
    expect(logged.map(({ action }) => action)).toContain("case.party_prefilled");
    expect(logged.map(({ body }) => Buffer.from(body).toString("utf8")).join()).not.toContain("张三");
  });

  test("opened from a record without one has no party but a blank", async () => {
    const { openCase } = await import("../cases/open-case.ts");
    const { loadClue } = await import("../clues/load-clue.ts");
    const clue = await loadClue(api.deps.db, await api.seedClue());
    const caseId = await api.deps.db.$transaction((tx) => openCase(tx, api.deps, clue, [people.handler.person.id]));
    const { party } = (await people.handler.call("GET", `/api/cases/${caseId}`)).json();
    expect(party).toEqual({ kind: "unknown" });
  });
});
