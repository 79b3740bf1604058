import type { DeviceView, NextSample, SuppressionsView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
type Who = "monitor" | "tech" | "legal" | "head";
let api: TestApi;
const near = {} as Record<Who, Caller>;
const far = {} as Record<Who, Caller>;
let admin: Caller;

beforeAll(async () => {
  api = await createTestApi();
  const duties = { monitor: "monitor", tech: "technical_reviewer", legal: "legal_reviewer", head: "head" } as const;
  for (const [name, duty] of Object.entries(duties) as [Who, (typeof duties)[Who]][]) {
    near[name] = await api.signIn(`near-${name}`, [duty], { districts: ["huamu", "zhangjiang"] });
    far[name] = await api.signIn(`far-${name}`, [duty], { districts: ["lujiazui"] });
  }
  admin = await api.signIn("admin", ["administrator"]);
});
afterAll(() => api.close());

/** A camera of a district, its device with nothing on record. */
async function camera(district?: string): Promise<string> {
  const sourceId = `cam-${crypto.randomUUID().slice(0, 8)}`;
  await api.seedClue({ sourceId, bareDevice: true, ...(district === undefined ? {} : { district }) });
  return sourceId;
}
const outside = { statusCode: 403, code: "WRONG_DISTRICT" };
const said = (answer: { statusCode: number; json: () => { code?: string } }) => ({
  statusCode: answer.statusCode,
  code: answer.json().code,
});
const sceneOf = (id: string, name: string) => ({
  scene: { source: { id, name }, zones: [], rules: [] },
});

test("a scene is drawn by people of its district or of the whole bureau; the refusal says who could", async () => {
  const id = await camera("huamu");
  const refused = await far.monitor.call("POST", "/api/sources", sceneOf(id, "甲"));
  expect(said(refused)).toEqual(outside);
  expect(refused.json().zh).toContain("花木街道");
  expect(refused.json().zh).toContain("现有 2 人可以办理");
  expect(await api.deps.db.scene.count({ where: { sourceId: id } })).toBe(1);
  expect((await near.monitor.call("POST", "/api/sources", sceneOf(id, "乙"))).statusCode).toBe(200);
  expect((await admin.call("POST", "/api/sources", sceneOf(id, "丙"))).statusCode).toBe(200);
});

test("a new source is in no district yet, so only people of the whole bureau register one", async () => {
  const id = `cam-${crypto.randomUUID().slice(0, 8)}`;
  const refused = await near.monitor.call("POST", "/api/sources", sceneOf(id, "新"));
  expect(said(refused)).toEqual(outside);
  expect(refused.json().zh).toContain("未划定辖区");
  expect(await api.deps.db.source.count({ where: { id } })).toBe(0);
  expect((await admin.call("POST", "/api/sources", sceneOf(id, "新"))).statusCode).toBe(200);
  // what names no source is told what is wrong with it, not that it is somewhere else
  expect((await near.monitor.call("POST", "/api/sources", { scene: {} })).json()).toMatchObject({ code: "BAD_INPUT" });
});

test("device records and clock comparisons are entered and withdrawn in the own districts alone; the page says so", async () => {
  const [inside, other] = [await camera("zhangjiang"), await camera()];
  const record = { kind: "sign", validFrom: "2026-01-01T00:00:00Z", reference: "照片一" };
  const sample = { at: "2026-11-20T00:00:00Z", offsetMs: 100, uncertaintyMs: 20 };
  for (const [who, id] of [
    [far, inside],
    [near, other],
  ] as const) {
    expect(said(await who.monitor.call("POST", `/api/sources/${id}/records`, record))).toEqual(outside);
    expect(said(await who.tech.call("POST", `/api/sources/${id}/clock-samples`, sample))).toEqual(outside);
    const view = (await who.monitor.call("GET", `/api/sources/${id}/device`)).json() as DeviceView;
    expect(view.barred?.zh).toContain("不在您的辖区");
  }
  expect(await api.deps.db.deviceRecord.count({ where: { sourceId: { in: [inside, other] } } })).toBe(0);
  const added = await near.monitor.call("POST", `/api/sources/${inside}/records`, record);
  expect(added.statusCode).toBe(200);
  expect((await near.tech.call("POST", `/api/sources/${inside}/clock-samples`, sample)).statusCode).toBe(200);
  const withdraw = (who: Caller) =>
    who.call("POST", `/api/sources/${inside}/records/${added.json().id}/withdraw`, { reason: "填错" });
  expect(said(await withdraw(far.monitor))).toEqual(outside);
  expect((await withdraw(near.monitor)).statusCode).toBe(200);
  const view = (await near.monitor.call("GET", `/api/sources/${inside}/device`)).json() as DeviceView;
  expect(view.barred).toBeNull();
});

test("a suppression is approved and revoked by a head of the district; the list says why another may not", async () => {
  const sourceId = `cam-${crypto.randomUUID().slice(0, 8)}`;
  for (let nth = 0; nth < 6; nth++) {
    const id = await api.seedClue({
      sourceId,
      district: "huamu",
      from: new Date(Date.now() - (nth + 1) * 86_400_000),
      boxNorm: [0.2, 0.2, 0.2, 0.2],
    });
    const { version } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    const body = { event: "tech_fail", version, reasonCode: "wrong_object" };
    expect((await near.tech.call("POST", `/api/clues/${id}/events`, body)).statusCode).toBe(200);
  }
  const list = async (who: Caller) => (await who.call("GET", "/api/suppressions")).json() as SuppressionsView;
  const offerOf = async (who: Caller) => (await list(who)).offers.find((offer) => offer.sourceId === sourceId);
  const offer = await offerOf(near.head);
  expect(offer?.barred).toBeNull();
  expect((await offerOf(far.head))?.barred?.zh).toContain("花木街道");
  const body = { offerKey: offer?.key, validUntil: offer?.proposedUntil, reason: "固定摆放的花箱" };
  expect(said(await far.head.call("POST", "/api/suppressions", body))).toEqual(outside);
  const approved = await near.head.call("POST", "/api/suppressions", body);
  expect(approved.statusCode, approved.body).toBe(200);
  const revoke = (who: Caller) =>
    who.call("POST", `/api/suppressions/${approved.json().id}/revoke`, { reason: "花箱已移走" });
  expect(said(await revoke(far.head))).toEqual(outside);
  expect((await revoke(near.head)).statusCode).toBe(200);
  expect(said(await revoke(near.head))).toMatchObject({ code: "SUPPRESSION_ENDED" });
});

test("drawn looks are asked of reviewers of the district, and an answer from elsewhere is refused", async () => {
  const { db } = api.deps;
  const sourceId = await camera("huamu");
  const clip = await db.clip.findFirstOrThrow({ where: { sourceId } });
  const draw = await db.lookDraw.create({
    data: { sourceId, day: new Date("2026-11-20"), key: "0".repeat(64), looks: 1, flagged: 0, wanted: 1 },
  });
  const sample = await db.lookSample.create({
    data: { drawId: draw.id, ordinal: 1, clipId: clip.id, offsetMs: 0, capturedAt: clip.startedAt },
  });
  const next = async (who: Caller) => (await who.call("GET", "/api/samples/next")).json() as NextSample;
  expect(await next(far.tech)).toEqual({ waiting: 0, sample: null });
  expect((await next(near.tech)).sample?.id).toBe(sample.id);
  const answer = (who: Caller) => who.call("POST", `/api/samples/${sample.id}/answers`, { answer: "nothing" });
  expect(said(await answer(far.tech))).toEqual(outside);
  expect((await answer(near.tech)).statusCode).toBe(200);
});
