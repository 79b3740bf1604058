import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkOnSite } from "../testing/on-site.ts";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let everywhere: Caller;
let huamu: Caller;
let legal: Caller;
let handler: Caller;
let far: Caller;
let admin: Caller;

beforeAll(async () => {
  api = await createTestApi();
  everywhere = await api.signIn("everywhere", ["technical_reviewer"]);
  huamu = await api.signIn("huamu", ["technical_reviewer"], { districts: ["huamu", "zhangjiang"] });
  legal = await api.signIn("legal", ["legal_reviewer"]);
  handler = await api.signIn("handler", ["handler"]);
  far = await api.signIn("far", ["handler"], { districts: ["chuansha"] });
  admin = await api.signIn("admin", ["administrator"]);
});
afterAll(() => api.close());

const move = (who: Caller, id: string, event: string, version: number, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version, ...extra });
const pass = { checklist: passed(technicalQuestions) };

test("a person acts in the own districts and is refused outside them, with the district that is needed and how many could act", async () => {
  const inside = await api.seedClue({ district: "zhangjiang" });
  const outside = await api.seedClue({ district: "lujiazui" });
  expect((await move(huamu, inside, "tech_pass", 1, pass)).statusCode).toBe(200);
  const refused = await move(huamu, outside, "tech_pass", 1, pass);
  expect([refused.statusCode, refused.json().code]).toEqual([403, "WRONG_DISTRICT"]);
  expect(refused.json().zh).toContain("陆家嘴街道");
  expect(refused.json().zh).toContain("花木街道、张江镇");
  expect(refused.json().zh).toContain("现有 1 人可以办理");
  expect(refused.json().en).toContain("Lujiazui Subdistrict or of the whole bureau, at present 1");
  expect((await move(huamu, outside, "tech_fail", 1, { reasonCode: "wrong_object" })).statusCode).toBe(403);
  expect((await move(everywhere, outside, "tech_pass", 1, pass)).statusCode).toBe(200);
});

test("reading stays open; list and page say why it is not this person's, and the record is not kept for them", async () => {
  const outside = await api.seedClue({ district: "lujiazui" });
  const detail = await huamu.call("GET", `/api/clues/${outside}`);
  expect(detail.statusCode).toBe(200);
  expect(detail.json().barred.zh).toContain("陆家嘴街道");
  const listed = (await huamu.call("GET", "/api/clues?state=TECH_REVIEW"))
    .json()
    .items.find(({ id }: { id: string }) => id === outside);
  expect(listed.barred.zh).toContain("现有 1 人可以办理");
  expect((await huamu.call("POST", `/api/clues/${outside}/lease`)).json()).toEqual({ until: null, takenBy: null });
  expect((await everywhere.call("GET", `/api/clues/${outside}`)).json().barred).toBeNull();
  // a step that is not this person's anyway is not the district's matter
  expect((await far.call("GET", `/api/clues/${outside}`)).json().barred).toBeNull();
});

test("a source that nobody assigned is for people of the whole bureau", async () => {
  const id = await api.seedClue();
  const refused = await move(huamu, id, "tech_pass", 1, pass);
  expect(refused.json()).toMatchObject({ code: "WRONG_DISTRICT" });
  expect(refused.json().zh).toContain("未划定辖区");
  expect((await move(everywhere, id, "tech_pass", 1, pass)).statusCode).toBe(200);
});

test("an officer of another district may not be named, nor act", async () => {
  const id = await api.seedClue({ district: "huamu" });
  await move(everywhere, id, "tech_pass", 1, pass);
  await move(legal, id, "legal_pass", 2, { checklist: passed(legalQuestions) });
  const named = await move(handler, id, "dispatch", 3, { handlerIds: [handler.person.id, far.person.id] });
  expect([named.statusCode, named.json().code]).toEqual([422, "OFFICER_BARRED"]);
  expect(named.json().zh).toContain("川沙新镇");
  const offered = (await handler.call("GET", `/api/people?duty=handler&clueId=${id}`)).json().items;
  const barOf = (who: Caller) => offered.find((item: { id: string }) => item.id === who.person.id).barred;
  expect(barOf(handler)).toBeNull();
  expect(barOf(far).zh).toContain("川沙新镇");
  const near = await api.signIn("near", ["handler"], { districts: ["huamu"] });
  const sent = { handlerIds: [handler.person.id, near.person.id] };
  expect((await move(handler, id, "dispatch", 3, sent)).statusCode).toBe(200);
  await checkOnSite(api, id, [handler, near]);
  expect((await move(handler, id, "confirm_on_site", 4, sent)).statusCode).toBe(200);
});

test("the administrator assigns a source, known districts only, from what the page showed, and the log keeps it", async () => {
  const id = await api.seedClue();
  const { sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  const set = (district: string | null, was: string | null) =>
    admin.call("POST", `/api/sources/${sourceId}/district`, { district, was });
  expect((await set("atlantis", null)).json()).toMatchObject({ code: "BAD_INPUT" });
  expect((await set("huamu", null)).statusCode).toBe(200);
  expect((await set("lujiazui", null)).json()).toMatchObject({ code: "STALE" });
  expect((await admin.call("GET", `/api/sources/${sourceId}`)).json()).toMatchObject({ district: "huamu" });
  const monitor = await api.signIn("monitor", ["monitor"]);
  expect(
    (await monitor.call("POST", `/api/sources/${sourceId}/district`, { district: null, was: "huamu" })).json(),
  ).toMatchObject({ code: "WRONG_ROLE" });
  const [row] = await api.deps.db.custody.findMany({
    where: { subject: `source:${sourceId}`, action: "source.district_set" },
  });
  expect(Buffer.from(row?.body ?? []).toString("utf8")).toContain('"to":"huamu"');
  expect((await move(huamu, id, "tech_pass", 1, pass)).statusCode).toBe(200);
});
