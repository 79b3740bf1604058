import { readdir } from "node:fs/promises";
import { takePhoto } from "@mingcha/infra/testing";
import { type DeviceView, deviceAttachmentMaxBytes, deviceAttachmentsMax } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256Of } from "../testing/on-site.ts";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"monitor" | "tech" | "auditor" | "far" | "handler", Caller>;

beforeAll(async () => {
  api = await createTestApi();
  people.monitor = await api.signIn("monitor", ["monitor"]);
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.auditor = await api.signIn("auditor", ["auditor"]);
  people.handler = await api.signIn("handler", ["handler"]);
  people.far = await api.signIn("far", ["monitor"], { districts: ["lujiazui"] });
});
afterAll(() => api.close());

const pdf = (words = "设置地点公布") => Buffer.from(`%PDF-1.7\n% ${words}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`);

/** A sign on record at a camera of its own. */
async function record(district = "huamu"): Promise<{ sourceId: string; recordId: string; path: string }> {
  const sourceId = `cam-${crypto.randomUUID().slice(0, 8)}`;
  await api.seedClue({ sourceId, bareDevice: true, district });
  const body = { kind: "sign", validFrom: "2026-01-01T00:00:00Z", reference: "标识照片" };
  const { id: recordId } = (await people.monitor.call("POST", `/api/sources/${sourceId}/records`, body)).json();
  return { sourceId, recordId, path: `/api/sources/${sourceId}/records/${recordId}/attachments` };
}
const send = (who: Caller, url: string, bytes: Uint8Array) =>
  api.app.inject({
    method: "POST",
    url,
    cookies: { mingcha_sid: who.token },
    headers: { "x-mingcha": "1", "content-type": "application/octet-stream" },
    payload: Buffer.from(bytes),
  });
const media = (who: Caller, id: string, form: "view" | "original") =>
  who.call("GET", `/api/device-attachments/${id}/media?form=${form}`);
const attachmentsOf = async (sourceId: string) =>
  ((await people.auditor.call("GET", `/api/sources/${sourceId}/device`)).json() as DeviceView).records[0]?.attachments;

describe("a scan of a device record", () => {
  test("that is a photo is kept bit by bit beside a picture without its metadata, is read by the register's readers, and both are logged", async () => {
    const { sourceId, path } = await record();
    const bytes = await takePhoto();
    const added = (await send(people.monitor, path, bytes)).json();
    expect(added).toMatchObject({ sha256: sha256Of(bytes), added: true });
    expect(await attachmentsOf(sourceId)).toMatchObject([
      {
        id: added.id,
        sha256: sha256Of(bytes),
        mediaType: "image/jpeg",
        viewable: true,
        by: "人员monitor",
        withdrawn: null,
      },
    ]);
    const original = await media(people.auditor, added.id, "original");
    expect(sha256Of(original.rawPayload)).toBe(sha256Of(bytes));
    expect(original.headers["content-disposition"]).toMatch(/^attachment;/);
    const view = await media(people.tech, added.id, "view");
    expect(view.headers).toMatchObject({ "content-type": "image/jpeg", "x-content-type-options": "nosniff" });
    expect(view.rawPayload.includes(Buffer.from("Phone 1"))).toBe(false);
    expect((await media(people.handler, added.id, "view")).json()).toMatchObject({ code: "WRONG_ROLE" });
    const log = await api.deps.db.custody.findMany({ where: { subject: `source:${sourceId}` } });
    const actions = log.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["device.attached", "device.attachment_viewed"]));
  });

  test("that is a PDF is never opened: it is given as a file alone, in a sandbox", async () => {
    const { path } = await record();
    const { id } = (await send(people.monitor, path, pdf())).json();
    expect((await media(people.auditor, id, "view")).json()).toMatchObject({ code: "NOT_FOUND" });
    const { headers, rawPayload } = await media(people.auditor, id, "original");
    expect(sha256Of(rawPayload)).toBe(sha256Of(pdf()));
    expect(headers).toMatchObject({ "content-type": "application/pdf", "x-content-type-options": "nosniff" });
    expect(headers["content-security-policy"]).toContain("sandbox");
    expect(headers["content-disposition"]).toMatch(/^attachment;.*\.pdf$/);
  });

  test("sent again, also three times at once, is the same one", async () => {
    const { sourceId, path } = await record();
    const answers = await Promise.all([1, 2, 3].map(() => send(people.monitor, path, pdf("一次"))));
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200]);
    expect(answers.filter((answer) => answer.json().added)).toHaveLength(1);
    expect(await attachmentsOf(sourceId)).toHaveLength(1);
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["a photo cut short", async () => (await takePhoto()).subarray(0, -400)],
    ["a PDF cut short", () => pdf().subarray(0, 30)],
    ["a page that calls itself a picture", () => Buffer.from("<svg onload=alert(1)>".repeat(20))],
    ["a page with a PDF's mark behind it", () => Buffer.from(`<script>alert(1)</script>${pdf()}`)],
    ["nothing", () => Buffer.alloc(0)],
    ["more than ten megabytes", () => Buffer.alloc(deviceAttachmentMaxBytes + 1, 0x20)],
  ])("%s is refused with a sentence and leaves nothing behind", async (_name, make) => {
    const { sourceId, path } = await record();
    const answer = await send(people.monitor, path, await make());
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json().zh.length).toBeGreaterThan(5);
    expect(await attachmentsOf(sourceId)).toEqual([]);
    expect(await readdir(`${api.deps.environment.MINGCHA_DATA}/staging/device`)).toEqual([]);
  });

  test("is attached by who enters such a record in the district, to a record that stands, a few of them at most", async () => {
    const { sourceId, recordId, path } = await record();
    expect((await send(people.tech, path, pdf())).json()).toMatchObject({ code: "WRONG_ROLE" });
    expect((await send(people.far, path, pdf())).json()).toMatchObject({ code: "WRONG_DISTRICT" });
    const elsewhere = await record();
    const crossed = `/api/sources/${elsewhere.sourceId}/records/${recordId}/attachments`;
    expect((await send(people.monitor, crossed, pdf())).json()).toMatchObject({ code: "NOT_FOUND" });
    for (let nth = 0; nth < deviceAttachmentsMax; nth++)
      expect((await send(people.monitor, path, pdf(`第${nth}份`))).statusCode).toBe(200);
    expect((await send(people.monitor, path, pdf("再一份"))).json()).toMatchObject({ code: "MEDIA_REFUSED" });
    await people.monitor.call("POST", `/api/sources/${sourceId}/records/${recordId}/withdraw`, { reason: "填错" });
    expect((await send(people.monitor, path, pdf("以后"))).json()).toMatchObject({ code: "STALE" });
  });

  test("is withdrawn with a reason: still listed, given out no more, and unchangeable even below the server", async () => {
    const { sourceId, path } = await record();
    const { id } = (await send(people.monitor, path, pdf("错"))).json();
    const withdraw = (who: Caller) => who.call("POST", `${path}/${id}/withdraw`, { reason: "传错文件" });
    expect((await withdraw(people.far)).json()).toMatchObject({ code: "WRONG_DISTRICT" });
    expect((await withdraw(people.tech)).json()).toMatchObject({ code: "WRONG_ROLE" });
    const { db } = api.deps;
    await expect(db.deviceAttachment.update({ where: { id }, data: { sha256: "f".repeat(64) } })).rejects.toThrow(
      /append-only/,
    );
    expect((await withdraw(people.monitor)).statusCode).toBe(200);
    expect((await withdraw(people.monitor)).json()).toMatchObject({ code: "STALE" });
    expect((await media(people.auditor, id, "original")).json()).toMatchObject({ code: "NOT_FOUND" });
    expect(await attachmentsOf(sourceId)).toMatchObject([{ id, withdrawn: { reason: "传错文件" } }]);
    expect((await send(people.monitor, path, pdf("错"))).json()).toMatchObject({ code: "MEDIA_REFUSED" });
    await expect(db.deviceAttachment.delete({ where: { id } })).rejects.toThrow(/append-only/);
  });
});
