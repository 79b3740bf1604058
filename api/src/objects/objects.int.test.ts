import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, createRegisterApi, creditCode, type RegisterApi, shop, unique } from "../testing/register-api.ts";
import { demoObjects, seedDemoObjects } from "./seed-demo-objects.ts";

let api: RegisterApi["api"];
let people: RegisterApi["people"];
let enter: RegisterApi["enter"];
let get: RegisterApi["get"];
beforeAll(async () => {
  ({ api, people, enter, get } = await createRegisterApi());
});
afterAll(() => api.close());

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
    const fact = shop({ creditCode });
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
