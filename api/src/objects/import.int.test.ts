import { deflateRawSync } from "node:zlib";
import type { ImportPreview } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, createRegisterApi, creditCode, type RegisterApi, shop, unique } from "../testing/register-api.ts";
import { writeWorkbook } from "./sheets/sheet-task.ts";

let api: RegisterApi["api"];
let people: RegisterApi["people"];
let enter: RegisterApi["enter"];
let get: RegisterApi["get"];
beforeAll(async () => {
  ({ api, people, enter, get } = await createRegisterApi());
});
afterAll(() => api.close());

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
          [`新店${key}`, `路${key}`, creditCode, "021-58000009"],
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
        creditCode,
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
