import { technicalQuestions } from "@mingcha/models/clue";
import type { DeviceRecordCode } from "@mingcha/models/device";
import type { ClueDetail, DeviceView } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"monitor" | "tech" | "legal" | "auditor" | "head", Caller>;

beforeAll(async () => {
  api = await createTestApi();
  people.monitor = await api.signIn("monitor", ["monitor"]);
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.auditor = await api.signIn("auditor", ["auditor"]);
  people.head = await api.signIn("head", ["head"]);
});
afterAll(() => api.close());

const capturedAt = new Date("2026-11-20T01:00:00Z");
const day = (offset: number): string => new Date(capturedAt.getTime() + offset * 86_400_000).toISOString();
const checklist = technicalQuestions.map(({ id }) => ({ id, answer: "pass" }));

/** A record taken at `capturedAt` by a source of its own whose device has nothing on record yet. */
async function bareClue(): Promise<{ clueId: string; sourceId: string }> {
  const sourceId = `bare-${crypto.randomUUID().slice(0, 8)}`;
  const clueId = await api.seedClue({ sourceId, from: capturedAt, bareDevice: true });
  return { clueId, sourceId };
}
const add = (caller: Caller, sourceId: string, kind: DeviceRecordCode, from: string, validTo?: string) =>
  caller.call("POST", `/api/sources/${sourceId}/records`, {
    kind,
    validFrom: from,
    ...(validTo === undefined ? {} : { validTo }),
    reference: `〔2025〕${kind}`,
  });
/** Everything a fixed camera needs, each by who must enter it; `change` replaces the dates of one. */
async function complete(sourceId: string, change: Partial<Record<DeviceRecordCode, [string, string?]>> = {}) {
  const by: [DeviceRecordCode, Caller][] = [
    ["legal_review", people.legal],
    ["technical_review", people.tech],
    ["standard", people.tech],
    ["sign", people.monitor],
    ["publication", people.monitor],
    ["metrology_exempt", people.tech],
  ];
  for (const [kind, caller] of by) {
    const [from, to] = change[kind] ?? [day(-30)];
    expect((await add(caller, sourceId, kind, from, to)).statusCode).toBe(200);
  }
}
const compare = (sourceId: string, at: string, offsetMs: number) =>
  people.tech.call("POST", `/api/sources/${sourceId}/clock-samples`, { at, offsetMs, uncertaintyMs: 50 });
const pass = async (clueId: string) => {
  const { version } = (await people.tech.call("GET", `/api/clues/${clueId}`)).json() as ClueDetail;
  return people.tech.call("POST", `/api/clues/${clueId}/events`, { event: "tech_pass", version, checklist });
};

/** What the register lacks at capture is refused row by row in clues/negative-list.int.test.ts. */
describe("a record of a device that was not compliant when it was taken can be seen and never passes", () => {
  test("an order to stop it counts for its own time alone", async () => {
    const { clueId, sourceId } = await bareClue();
    await complete(sourceId);
    await compare(sourceId, day(-0.1), 100);
    await add(people.auditor, sourceId, "suspension", day(-1), day(1));
    expect((await pass(clueId)).json()).toMatchObject({ guard: "G-02", zh: expect.stringContaining("停用") });
    const seen = await people.tech.call("GET", `/api/clues/${clueId}`);
    expect((seen.json() as ClueDetail).state).toBe("TECH_REVIEW");
    const other = await bareClue();
    await complete(other.sourceId);
    await compare(other.sourceId, day(-0.1), 100);
    await add(people.auditor, other.sourceId, "suspension", day(2), day(3));
    expect((await pass(other.clueId)).statusCode).toBe(200);
  });

  test.each<[string, [number, number][]]>([
    [
      "a clock that was right before and wrong after",
      [
        [-0.1, 100],
        [0.2, -1_500],
      ],
    ],
    ["a clock compared two days before", [[-2, 0]]],
    ["a clock nobody compared", []],
  ])("%s is refused by G-04", async (_name, samples) => {
    const { clueId, sourceId } = await bareClue();
    await complete(sourceId);
    for (const [at, offsetMs] of samples) await compare(sourceId, day(at), offsetMs);
    expect((await pass(clueId)).json()).toMatchObject({ guard: "G-04" });
  });

  test("a comparison so old that the clock may have gone off beyond the limit since is refused by G-04, the drift named", async () => {
    const { clueId, sourceId } = await bareClue();
    await complete(sourceId);
    await compare(sourceId, day(-23 / 24), 100);
    expect((await pass(clueId)).json()).toMatchObject({
      guard: "G-04",
      zh: expect.stringMatching(/设备时钟误差 1\.8 秒，超过 1\.0 秒.*走时误差 1\.6\d\d s/),
      en: expect.stringMatching(/1\.6\d\d s it may have gone off by the capture/),
    });
    // nobody found the device wrong: it is not suspended for that
    const { device } = (await people.tech.call("GET", `/api/clues/${clueId}`)).json() as ClueDetail;
    expect(device.atCapture.state).toBe("ACTIVE");
  });

  test("a device that had everything passes, and what is on record stays with the item", async () => {
    const { clueId, sourceId } = await bareClue();
    await complete(sourceId);
    await compare(sourceId, day(-0.1), 100);
    const { device } = (await people.tech.call("GET", `/api/clues/${clueId}`)).json() as ClueDetail;
    // 2.4 h at 20 parts in a million are 173 ms
    expect(device.atCapture).toMatchObject({ state: "ACTIVE", metrology: "exempt", clock: { errorMs: 150 + 173 } });
    expect(
      device.atCapture.requirements?.every(({ status, recordedLater }) => status === "held" && recordedLater),
    ).toBe(true);
    expect((await pass(clueId)).statusCode).toBe(200);
  });
});

describe("the register", () => {
  test("takes each kind from those who answer for it, and no others", async () => {
    const { sourceId } = await bareClue();
    expect((await add(people.monitor, sourceId, "legal_review", day(-1))).statusCode).toBe(403);
    expect((await add(people.tech, sourceId, "publication", day(-1))).statusCode).toBe(403);
    expect((await add(people.monitor, sourceId, "publication", day(-1))).statusCode).toBe(200);
    const pilot = await api.signIn("pilot", ["pilot"]);
    expect((await pilot.call("GET", `/api/sources/${sourceId}/device`)).statusCode).toBe(403);
  });

  test("never takes both reviews of a device from one person, not even below the server", async () => {
    const { sourceId } = await bareClue();
    const both = await api.signIn("both", ["technical_reviewer", "legal_reviewer"]);
    expect((await add(both, sourceId, "technical_review", day(-1))).statusCode).toBe(200);
    const second = await add(both, sourceId, "legal_review", day(-1));
    expect(second.statusCode).toBe(403);
    expect(second.json()).toMatchObject({ code: "OWN_DEVICE_REVIEW" });
    const data = { sourceId, kind: "legal_review", validFrom: new Date(), reference: "x", createdBy: both.person.id };
    await expect(api.deps.db.deviceRecord.create({ data })).rejects.toThrow(/both reviews/);
  });

  test("changes nothing that was entered; a wrong record is withdrawn with a reason, seen ever after, and holds no more", async () => {
    const { sourceId } = await bareClue();
    await complete(sourceId);
    const { id } = (await add(people.monitor, sourceId, "installation", day(-1))).json() as { id: string };
    await expect(
      api.deps.db.deviceRecord.update({ where: { id }, data: { validFrom: new Date(0) } }),
    ).rejects.toThrow();
    await expect(api.deps.db.deviceRecord.delete({ where: { id } })).rejects.toThrow();

    const view = async () => (await people.auditor.call("GET", `/api/sources/${sourceId}/device`)).json() as DeviceView;
    expect((await view()).now.state).toBe("ACTIVE");
    const sign = (await view()).records.find(({ kind }) => kind === "sign");
    const withdraw = (caller: Caller) =>
      caller.call("POST", `/api/sources/${sourceId}/records/${sign?.id}/withdraw`, { reason: "标识照片有误" });
    expect((await withdraw(people.legal)).statusCode).toBe(403);
    expect((await withdraw(people.monitor)).statusCode).toBe(200);
    expect((await withdraw(people.monitor)).statusCode).toBe(409);
    const after = await view();
    expect(after.now.state).not.toBe("ACTIVE");
    expect(after.records.find(({ id: one }) => one === sign?.id)?.withdrawn).toMatchObject({ reason: "标识照片有误" });
    const logged = await api.deps.db.custody.findMany({ where: { subject: `source:${sourceId}` } });
    expect(logged.map(({ action }) => action)).toContain("device.record_withdrawn");
  });

  test("refuses an end before its beginning and a clock compared in the future", async () => {
    const { sourceId } = await bareClue();
    expect((await add(people.monitor, sourceId, "sign", day(1), day(0))).statusCode).toBe(400);
    expect((await compare(sourceId, new Date(Date.now() + 3_600_000).toISOString(), 0)).statusCode).toBe(400);
  });
});
