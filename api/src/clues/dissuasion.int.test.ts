import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createNotifier } from "@mingcha/infra/notify";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { encodeLook } from "@mingcha/models/scene";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";
import { lookAgain } from "./look-again.ts";
import { sendDissuasions } from "./send-dissuasions.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"tech" | "legal" | "handler" | "head", Caller>;

beforeAll(async () => {
  api = await createTestApi();
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.handler = await api.signIn("handler", ["handler"]);
  people.head = await api.signIn("head", ["head"]);
});
afterAll(() => api.close());

const view = async (id: string) => (await people.handler.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
/** Takes a step from whatever version the record has now. */
const step = async (who: Caller, id: string, event: string, extra: object = {}) =>
  who.call("POST", `/api/clues/${id}/events`, { event, version: (await view(id)).version, ...extra });
const order = (correctWithinMin: number, channel = "sms") => ({
  dissuasion: { channel, recipient: "13800000000", correctWithinMin },
});
async function admissible(): Promise<string> {
  const id = await api.seedClue();
  await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
  await step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
  return id;
}

describe("G-12: dissuasion and an order to correct come first", () => {
  test("a record whose party was not dissuaded is not ready to file", async () => {
    const id = await admissible();
    expect((await step(people.handler, id, "ready")).json()).toMatchObject({ guard: "G-12" });
    expect((await view(id)).state).toBe("ADMISSIBLE");
  });

  test("before the time allowed has passed nobody can say that it was not corrected", async () => {
    const id = await admissible();
    expect((await step(people.handler, id, "dissuade", order(15))).json()).toMatchObject({ state: "DISSUADED" });
    const early = await step(people.handler, id, "not_corrected", { note: "还在" });
    expect(early.json()).toMatchObject({ guard: "G-12" });
  });

  test("not corrected in time leads to filing; corrected and minor ends without a penalty, for good", async () => {
    const filed = await admissible();
    await step(people.handler, filed, "dissuade", order(0, "on_site"));
    expect((await step(people.handler, filed, "not_corrected", { note: "物品仍在" })).json()).toMatchObject({
      state: "READY_TO_FILE",
    });
    expect((await view(filed)).note).toBe("物品仍在");
    const spared = await admissible();
    await step(people.handler, spared, "dissuade", order(0, "on_site"));
    const look = (lookState: string) =>
      api.deps.db.dissuasion.updateMany({ where: { clueId: spared }, data: { lookState } });
    expect((await step(people.handler, spared, "corrected", { note: "已收回店内" })).json()).toMatchObject({
      guard: "H-07",
    });
    await look("present");
    expect((await step(people.handler, spared, "corrected", { note: "已收回店内" })).json()).toMatchObject({
      guard: "H-07",
    });
    await look("absent");
    expect((await step(people.handler, spared, "corrected", { note: "已收回店内" })).json()).toMatchObject({
      state: "CLOSED_NO_PENALTY",
    });
    for (const event of ["ready", "file", "not_corrected"])
      expect((await step(people.handler, spared, event, { note: "x" })).json()).toMatchObject({ code: "NO_SUCH_STEP" });
  });

  test("a message that waits or failed is no order: nothing follows from it", async () => {
    const id = await admissible();
    await step(people.handler, id, "dissuade", order(0));
    const tried = async () => (await step(people.handler, id, "not_corrected", { note: "还在" })).json();
    expect(await tried()).toMatchObject({ guard: "G-12" });
    await sendDissuasions({ ...api.deps, notify: async () => ({ outcome: "failed", receipt: null }) });
    expect(await tried()).toMatchObject({ guard: "G-12" });
    await step(people.handler, id, "dissuade_again", order(0));
    await sendDissuasions({ ...api.deps, notify: async () => ({ outcome: "sent", receipt: "7" }) });
    expect(await tried()).toMatchObject({ state: "READY_TO_FILE" });
  });

  test("no other step sends word to the party: with one it is refused and nothing is recorded", async () => {
    const id = await api.seedClue();
    const pass = { checklist: passed(technicalQuestions), ...order(5) };
    expect((await step(people.tech, id, "tech_pass", pass)).statusCode).toBe(400);
    expect(await view(id)).toMatchObject({ state: "TECH_REVIEW", dissuasions: [] });
  });

  test("a step that dissuades says how, whom and by when", async () => {
    const id = await admissible();
    expect((await step(people.handler, id, "dissuade")).statusCode).toBe(400);
    const noNumber = { dissuasion: { channel: "sms", recipient: "店主", correctWithinMin: 5 } };
    expect((await step(people.handler, id, "dissuade", noNumber)).statusCode).toBe(400);
    expect((await step(people.tech, id, "dissuade", order(5))).statusCode).toBe(403);
  });
});

describe("the message", () => {
  test("without a gateway it is recorded for a person to send, with the facts of the record and nothing else", async () => {
    const id = await admissible();
    await step(people.handler, id, "dissuade", order(20));
    expect(await sendDissuasions(api.deps)).toBeGreaterThan(0);
    const [sent] = (await view(id)).dissuasions;
    expect(sent?.outcome).toBe("recorded");
    const { place } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    expect(sent?.text).toContain(place);
    expect(sent?.text).toContain("20分钟");
    expect(sent?.text).not.toMatch(/[{}]/);
    const logged = await api.deps.db.custody.findMany({ where: { subject: `clue:${id}` } });
    expect(logged.map(({ body }) => Buffer.from(body).toString("utf8")).join()).not.toContain("13800000000");
  });

  test("a gateway gets it once under its own id, its receipt is kept, one that refuses is told as failed", async () => {
    const got: { id: string; key: string | undefined; auth: string | undefined }[] = [];
    let status = 200;
    const gateway = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const key = request.headers["idempotency-key"];
        got.push({ id: JSON.parse(body).id, key: String(key), auth: request.headers.authorization });
        response.statusCode = status;
        response.end(JSON.stringify({ receipt: "SMS-1" }));
      });
    });
    await new Promise<void>((done) => gateway.listen(0, "127.0.0.1", () => done()));
    try {
      const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
      const notify = createNotifier({ MINGCHA_NOTIFY_URL: url, MINGCHA_NOTIFY_TOKEN: "secret" });
      const id = await admissible();
      await step(people.handler, id, "dissuade", order(1));
      // two servers sweep at once
      await Promise.all([1, 2, 3].map(() => sendDissuasions({ ...api.deps, notify })));
      const [sent] = (await view(id)).dissuasions;
      expect(got.map((one) => one.id)).toEqual([sent?.id]);
      expect(got[0]).toMatchObject({ key: sent?.id, auth: "Bearer secret" });
      expect(sent?.outcome).toBe("sent");
      expect((await api.deps.db.dissuasion.findUniqueOrThrow({ where: { id: sent?.id ?? "" } })).receipt).toBe("SMS-1");
      status = 500;
      await step(people.handler, id, "dissuade_again", order(1));
      await sendDissuasions({ ...api.deps, notify });
      expect((await view(id)).dissuasions.map(({ outcome }) => outcome)).toEqual(["sent", "failed"]);
    } finally {
      gateway.close();
    }
  });
});

test("the first look after the time allowed is found by itself and shown, and decides nothing", async () => {
  const id = await admissible();
  await step(people.handler, id, "dissuade", order(0, "on_site"));
  const [{ correctBy } = { correctBy: "" }] = (await view(id)).dissuasions;
  expect(await lookAgain(api.deps)).toBe(0);
  const clue = await api.deps.db.clue.findUniqueOrThrow({ where: { id }, include: { flag: true } });
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId: clue.sourceId } });
  const at = new Date(Date.parse(correctBy) + 4_000);
  const look = { status: "seen", capturedAtMs: at.getTime(), offsetMs: 50_000, detections: [] } as const;
  await api.deps.db.look.create({
    data: {
      clipId: clip.id,
      offsetMs: 50_000,
      sourceId: clue.sourceId,
      capturedAt: at,
      status: "seen",
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: encodeLook(look) as object,
    },
  });
  await api.deps.db.occupancy.create({
    data: {
      sourceId: clue.sourceId,
      sceneId: clue.flag.sceneId,
      ruleKey: clue.flag.ruleKey,
      violation: clue.violation,
      zoneId: clue.flag.zoneId,
      state: "absent",
      from: new Date(at.getTime() - 60_000),
      to: at,
    },
  });
  expect(await lookAgain(api.deps)).toBe(1);
  expect(await lookAgain(api.deps)).toBe(0);
  const [seen] = (await view(id)).dissuasions;
  expect(seen?.look).toEqual({
    at: at.toISOString(),
    state: "absent",
    clipId: clip.id,
    offsetMs: 50_000,
    sha256: clip.sha256,
    pictureSha256: null,
  });
  expect((await view(id)).state).toBe("DISSUADED");
});

describe("the order to correct as a paper", () => {
  const paper = (who: Caller, id: string, format = "pdf") =>
    who.call("GET", `/api/clues/${id}/correction-order?format=${format}`);
  test("is drafted for its handler once an order reached the party, with its hash in the log and no telephone number", async () => {
    const id = await admissible();
    expect((await paper(people.handler, id)).statusCode).toBe(400);
    await step(people.handler, id, "dissuade", order(20, "on_site"));
    for (const [format, magic] of [
      ["pdf", "%PDF"],
      ["docx", "PK"],
    ] as const) {
      const answer = await paper(people.handler, id, format);
      expect(answer.statusCode, answer.body).toBe(200);
      expect(answer.rawPayload.subarray(0, magic.length).toString()).toBe(magic);
      expect(decodeURIComponent(String(answer.headers["content-disposition"]))).toContain(
        `责令改正通知书-草稿.${format}`,
      );
    }
    const drafted = await api.deps.db.custody.findMany({
      where: { subject: `clue:${id}`, action: "document.drafted" },
      orderBy: { seq: "asc" },
    });
    const details = drafted.map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")).detail);
    expect(details).toMatchObject([{ format: "pdf" }, { format: "docx" }]);
    for (const { sha256 } of details) expect(await api.deps.store.verify(sha256)).toBe(true);
    expect(JSON.stringify(details)).not.toContain("13800000000");
  });
  test("not by others, not of a message that waits, and not by who is recused", async () => {
    const id = await admissible();
    await step(people.handler, id, "dissuade", order(20));
    expect((await paper(people.handler, id)).json()).toMatchObject({ code: "BAD_INPUT" });
    await sendDissuasions({ ...api.deps, notify: async () => ({ outcome: "sent", receipt: "8" }) });
    expect((await paper(people.handler, id)).statusCode).toBe(200);
    for (const who of [people.tech, people.head]) expect((await paper(who, id)).statusCode).toBe(403);
    const other = await api.signIn("recused-handler", ["handler"]);
    const grounds = { personId: other.person.id, reasonCode: "relative", note: "亲属" };
    expect((await other.call("POST", `/api/clues/${id}/recusals`, grounds)).statusCode).toBe(200);
    expect((await paper(other, id)).json()).toMatchObject({ guard: "H-43" });
  });
});

describe("应立尽立: closing without filing", () => {
  test("needs a coded reason and another person's approval, and the head can have it filed instead", async () => {
    const second = await api.signIn("second", ["handler"]);
    const id = await admissible();
    expect((await step(people.handler, id, "propose_close")).statusCode).toBe(400);
    await step(people.handler, id, "propose_close", { reasonCode: "minor" });
    expect((await step(people.handler, id, "approve_close")).statusCode).toBe(403);
    expect((await step(people.head, id, "approve_close")).json()).toMatchObject({ state: "CLOSED_NO_PENALTY" });

    const kept = await admissible();
    await step(people.handler, kept, "propose_close", { reasonCode: "minor" });
    expect((await step(people.head, kept, "refuse_close", { note: "不属轻微" })).json()).toMatchObject({
      state: "READY_TO_FILE",
    });
    // what was never dissuaded is not filed on that, and can be dissuaded from here
    const officers = { handlerIds: [people.handler.person.id, second.person.id] };
    expect((await step(people.handler, kept, "file", officers)).json()).toMatchObject({ guard: "G-12" });
    await step(people.handler, kept, "dissuade", order(0, "on_site"));
    await step(people.handler, kept, "not_corrected", { note: "物品仍在" });
    expect((await step(people.handler, kept, "file", officers)).json()).toMatchObject({ state: "FILED" });
  });

  test("a head who is also the handler cannot approve the own proposal", async () => {
    const both = await api.signIn("both", ["handler", "head"]);
    const id = await admissible();
    await step(both, id, "propose_close", { reasonCode: "minor" });
    expect((await step(both, id, "approve_close")).json()).toMatchObject({ guard: "H-01" });
  });
});
