import { type Duty, dutyCodes } from "@mingcha/models";
import type { SuppressionsView } from "@mingcha/models/http";
import { matchSuppression, readSuppression } from "@mingcha/models/suppression";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
type Box = [number, number, number, number];

let api: TestApi;
let tech: Caller;
let head: Caller;
let auditor: Caller;

beforeAll(async () => {
  api = await createTestApi();
  tech = await api.signIn("tech", ["technical_reviewer"]);
  head = await api.signIn("head", ["head"]);
  auditor = await api.signIn("aud", ["auditor"]);
});
afterAll(() => api.close());

const dayMs = 86_400_000;
const sign: Box = [0.2, 0.2, 0.2, 0.2];
const inDays = (days: number) => new Date(api.deps.now().getTime() + days * dayMs).toISOString();
const listed = async (who: Caller = head): Promise<SuppressionsView> =>
  (await who.call("GET", "/api/suppressions")).json();
const offersAt = async (sourceId: string, who: Caller = head) =>
  (await listed(who)).offers.filter((offer) => offer.sourceId === sourceId);
const approve = (who: Caller, offerKey: string, over: object = {}) =>
  who.call("POST", "/api/suppressions", { offerKey, validUntil: inDays(30), reason: "固定招牌，多次误识别", ...over });
const revoke = (who: Caller, id: string, reason = "镜头已调整") =>
  who.call("POST", `/api/suppressions/${id}/revoke`, { reason });

interface Rejecting {
  readonly times?: number;
  readonly box?: Box;
  readonly reasonCode?: string;
  readonly by?: Caller;
  readonly violation?: string;
  readonly sourceId?: string;
}
let day = 0;

/** A camera at which a reviewer rejected the same look again and again; returns its id. */
async function rejectedCamera(over: Rejecting = {}): Promise<string> {
  const { times = 3, box = sign, reasonCode = "wrong_object", by = tech, violation = "CROSS_DOOR" } = over;
  const sourceId = over.sourceId ?? `sign-${crypto.randomUUID().slice(0, 8)}`;
  for (let index = 0; index < times; index++) {
    day += 1;
    const from = new Date(Date.parse("2026-09-01T01:00:00Z") + day * dayMs);
    const boxNorm: Box = [box[0] + index * 0.005, box[1], box[2], box[3]];
    const id = await api.seedClue({ sourceId, from, boxNorm, violation, place: sourceId });
    const answer = await by.call("POST", `/api/clues/${id}/events`, { event: "tech_fail", version: 1, reasonCode });
    expect(answer.json()).toMatchObject({ state: "REJECTED" });
  }
  return sourceId;
}

/** What the detector asks at a look: would an act at this box and time be suppressed? */
async function isSuppressed(sourceId: string, boxNorm: Box, atMs: number): Promise<boolean> {
  const rows = await api.deps.db.suppression.findMany({ where: { sourceId } });
  const act = { boxNorm, fromMs: atMs, toMs: atMs + 60_000, spots: [{ boxNorm }] };
  return matchSuppression(rows.map(readSuppression), act) !== undefined;
}

test("three rejections as a wrong object are offered with their pictures and who rejected them; two are not", async () => {
  const sourceId = await rejectedCamera({ times: 2 });
  expect(await offersAt(sourceId)).toEqual([]);
  await rejectedCamera({ times: 1, sourceId });
  const [offer] = await offersAt(sourceId);
  expect(offer).toMatchObject({ violation: "CROSS_DOOR", barred: null });
  expect(offer?.flags).toHaveLength(3);
  for (const flag of offer?.flags ?? [])
    expect(flag).toMatchObject({ rejectedBy: tech.person.name, reasonCode: "wrong_object", state: "REJECTED" });
  const picture = await head.call("GET", `/api/evidence/${offer?.flags[0]?.pictureId}/media`);
  expect(picture.statusCode).toBe(200);
});

test("rejections for other reasons, of other looks, or of things that pass, are offered to nobody", async () => {
  expect(await offersAt(await rejectedCamera({ reasonCode: "loading" }))).toEqual([]);
  expect(await offersAt(await rejectedCamera({ reasonCode: "permitted" }))).toEqual([]);
  expect(await offersAt(await rejectedCamera({ violation: "TRUCK_UNCOVERED" }))).toEqual([]);
  const scattered = await rejectedCamera({ times: 2 });
  await rejectedCamera({ times: 1, sourceId: scattered, box: [0.7, 0.7, 0.1, 0.1] });
  expect(await offersAt(scattered)).toEqual([]);
});

test("where a reviewer accepted the same look once, nothing is offered", async () => {
  const sourceId = await rejectedCamera();
  expect(await offersAt(sourceId)).toHaveLength(1);
  const id = await api.seedClue({ sourceId, boxNorm: sign, place: sourceId });
  await api.deps.db.clue.update({ where: { id }, data: { state: "LEGAL_REVIEW" } });
  expect(await offersAt(sourceId)).toEqual([]);
});

test("nothing is suppressed by an offer, only by its approval, and only from then on", async () => {
  const sourceId = await rejectedCamera();
  const before = api.deps.now().getTime();
  expect(await isSuppressed(sourceId, sign, before)).toBe(false);
  const [offer] = await offersAt(sourceId);
  const approved = await approve(head, offer?.key ?? "");
  expect(approved.statusCode).toBe(200);
  const after = api.deps.now().getTime() + 1_000;
  expect(await isSuppressed(sourceId, sign, after)).toBe(true);
  expect(await isSuppressed(sourceId, sign, before)).toBe(false);
  expect(await isSuppressed(sourceId, [0.7, 0.7, 0.1, 0.1], after)).toBe(false);
  expect(await isSuppressed(sourceId, sign, after + 31 * dayMs)).toBe(false);
  expect(await offersAt(sourceId)).toEqual([]);
});

test("a revoked suppression covers nothing any more, and its flags alone never make an offer again", async () => {
  const sourceId = await rejectedCamera();
  const { id } = (await approve(head, (await offersAt(sourceId))[0]?.key ?? "")).json();
  expect((await revoke(auditor, id)).statusCode).toBe(200);
  expect(await isSuppressed(sourceId, sign, api.deps.now().getTime() + 1_000)).toBe(false);
  expect(await offersAt(sourceId)).toEqual([]);
  const { ended } = await listed();
  expect(ended.find((item) => item.id === id)).toMatchObject({
    approvedBy: head.person.name,
    revoked: { by: auditor.person.name, reason: "镜头已调整" },
  });
  expect((await revoke(head, id)).json()).toMatchObject({ code: "SUPPRESSION_ENDED" });
  await rejectedCamera({ sourceId });
  expect(await offersAt(sourceId)).toHaveLength(1);
});

test("expiry needs nobody: after its date a suppression is listed as ended and covers nothing", async () => {
  const sourceId = await rejectedCamera();
  const { id } = (await approve(head, (await offersAt(sourceId))[0]?.key ?? "", { validUntil: inDays(1) })).json();
  expect((await listed()).active.map((item) => item.id)).toContain(id);
  const real = api.deps.now;
  try {
    (api.deps as { now: () => Date }).now = () => new Date(real().getTime() + 2 * dayMs);
    const caller = await api.signIn(`later-${id.slice(0, 8)}`, ["head"]);
    const { active, ended } = await listed(caller);
    expect(active.map((item) => item.id)).not.toContain(id);
    expect(ended.find((item) => item.id === id)).toMatchObject({ revoked: null });
    expect((await revoke(caller, id)).json()).toMatchObject({ code: "SUPPRESSION_ENDED" });
  } finally {
    (api.deps as { now: () => Date }).now = real;
  }
  expect(await isSuppressed(sourceId, sign, real().getTime() + 2 * dayMs)).toBe(false);
});

test("what was suppressed is counted and its newest times are shown", async () => {
  const sourceId = await rejectedCamera();
  const { id } = (await approve(head, (await offersAt(sourceId))[0]?.key ?? "")).json();
  for (let index = 0; index < 7; index++) {
    const from = new Date(Date.parse("2026-12-01T00:00:00Z") + index * 3_600_000);
    await api.deps.db.suppressedAct.create({
      data: { suppressionId: id, sourceId, ruleKey: "CROSS_DOOR/z1/0", from, to: from, boxNorm: sign, trace: [] },
    });
  }
  const found = (await listed()).active.find((item) => item.id === id);
  expect(found?.suppressedActs).toBe(7);
  expect(found?.latestActs.map((act) => act.from.slice(11, 13))).toEqual(["06", "05", "04", "03", "02"]);
});

test("a term in the past or over ninety days, no reason, and a term that is no time are refused with a sentence", async () => {
  const sourceId = await rejectedCamera();
  const key = (await offersAt(sourceId))[0]?.key ?? "";
  for (const validUntil of [inDays(-1), inDays(91)]) {
    const answer = (await approve(head, key, { validUntil })).json();
    expect(answer).toMatchObject({ code: "SUPPRESSION_TERM" });
    expect(answer.zh).toContain("90 天");
    expect(answer.en).toContain("within 90 days");
  }
  for (const over of [{ reason: "   " }, { validUntil: "soon" }, { offerKey: "x" }])
    expect((await approve(head, key, over)).json()).toMatchObject({ code: "BAD_INPUT" });
  expect((await listed()).active.filter((item) => item.sourceId === sourceId)).toEqual([]);
});

test("an offer nobody made, or that a new rejection changed, cannot be approved", async () => {
  expect((await approve(head, "0123456789abcdef")).json()).toMatchObject({ code: "OFFER_GONE" });
  const sourceId = await rejectedCamera();
  const key = (await offersAt(sourceId))[0]?.key ?? "";
  await rejectedCamera({ times: 1, sourceId });
  expect((await approve(head, key)).json()).toMatchObject({ code: "OFFER_GONE" });
  expect((await approve(head, (await offersAt(sourceId))[0]?.key ?? "")).statusCode).toBe(200);
});

test("of many approvals of one offer at once exactly one counts; the others are told who was faster", async () => {
  const sourceId = await rejectedCamera();
  const key = (await offersAt(sourceId))[0]?.key ?? "";
  const answers = await Promise.all(Array.from({ length: 5 }, () => approve(head, key)));
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409, 409, 409, 409]);
  const late = (await approve(head, key)).json();
  expect(late).toMatchObject({ code: "OFFER_TAKEN" });
  expect(late.zh).toContain(head.person.name);
  expect(await api.deps.db.suppression.count({ where: { sourceId } })).toBe(1);
});

test("whoever rejected one of the flags cannot approve what follows from it, though holding the duty", async () => {
  const both = await api.signIn("head-and-tech", ["head", "technical_reviewer"]);
  const sourceId = await rejectedCamera({ times: 2 });
  await rejectedCamera({ times: 1, sourceId, by: both });
  const [offer] = await offersAt(sourceId, both);
  expect(offer?.barred?.zh).toContain("本人驳回");
  expect((await approve(both, offer?.key ?? "")).json()).toMatchObject({ code: "OWN_REJECTION" });
  expect((await approve(head, offer?.key ?? "")).statusCode).toBe(200);
});

test("G-30: without a person who holds the duty nothing is approved or revoked: no machine, no auditor, no administrator", async () => {
  const sourceId = await rejectedCamera();
  const key = (await offersAt(sourceId))[0]?.key ?? "";
  const machine = await api.app.inject({
    method: "POST",
    url: "/api/suppressions",
    headers: { "x-mingcha": "1", authorization: "Bearer machine" },
    payload: { offerKey: key, validUntil: inDays(30), reason: "automatic" },
  });
  expect(machine.json()).toMatchObject({ code: "NOT_SIGNED_IN" });
  const others: Duty[][] = [[], ...dutyCodes.filter((duty) => duty !== "head").map((duty) => [duty])];
  for (const [index, duties] of others.entries()) {
    const caller = await api.signIn(`other-${index}`, duties);
    expect((await approve(caller, key)).json(), duties.join()).toMatchObject({ code: "WRONG_ROLE" });
  }
  const { id } = (await approve(head, key)).json();
  expect((await revoke(tech, id)).json()).toMatchObject({ code: "WRONG_ROLE" });
  expect((await listed(auditor)).mayRevoke).toBe(true);
  expect((await listed(tech)).mayRevoke).toBe(false);
});

test("a monitor's discards count like a reviewer's rejections, and the page says which they were", async () => {
  const monitor = await api.signIn("mon", ["monitor"]);
  const profile = api.deps.profile;
  const sourceId = await rejectedCamera({ times: 2 });
  try {
    (api.deps as { profile: typeof profile }).profile = {
      ...profile,
      review: { ...profile.review, prescreen: true },
    };
    const id = await api.seedClue({ sourceId, boxNorm: sign, place: sourceId });
    const body = { event: "discard", version: 1, reasonCode: "light" };
    expect((await monitor.call("POST", `/api/clues/${id}/events`, body)).json()).toMatchObject({ state: "DISCARDED" });
  } finally {
    (api.deps as { profile: typeof profile }).profile = profile;
  }
  const [offer] = await offersAt(sourceId);
  expect(offer?.flags.map((flag) => flag.state).sort()).toEqual(["DISCARDED", "REJECTED", "REJECTED"]);
  expect(offer?.flags.map((flag) => flag.rejectedBy)).toContain(monitor.person.name);
});

test("approval and revocation stand in the custody log with what they rest on, and the chain holds", async () => {
  const sourceId = await rejectedCamera();
  const [offer] = await offersAt(sourceId);
  const { id } = (await approve(head, offer?.key ?? "")).json();
  await revoke(head, id, "批准有误");
  const entries = (await auditor.call("GET", `/api/custody?subject=suppression:${id}`)).json().items;
  expect(entries.map((entry: { action: string }) => entry.action)).toEqual([
    "suppression.revoked",
    "suppression.approved",
  ]);
  expect(entries[0]).toMatchObject({ actorName: head.person.name, detail: { reason: "批准有误", suppressedActs: 0 } });
  expect(entries[1].detail.flagIds.sort()).toEqual(offer?.flags.map((flag) => flag.flagId).sort());
  expect(entries[1].detail.evidenceSha256).toHaveLength(3);
  expect((await auditor.call("POST", "/api/custody/check")).json()).toMatchObject({ intact: true });
});
