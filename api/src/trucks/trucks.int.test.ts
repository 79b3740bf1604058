import type { TripDetail, TruckImportPreview } from "@mingcha/models/http";
import { demoOtherTip, demoSite, demoTip, permitFact, type SimulatedDay, simulateDay } from "@mingcha/models/trips";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRegisterApi, type RegisterApi } from "../testing/register-api.ts";
import { createTruckFiles, type TruckFiles as Files } from "../testing/truck-files.ts";
import { untilWaiting } from "../testing/until-waiting.ts";
import { simulatedFiles } from "./simulated-files.ts";

let api: RegisterApi["api"];
let people: RegisterApi["people"];
let enter: RegisterApi["enter"];
let day: SimulatedDay;
let preview: Files["preview"];
let run: Files["run"];
let importAll: Files["importAll"];
let compareAll: Files["compareAll"];
let leads: Files["leads"];
let trips: Files["trips"];
let csv: Files["csv"];
beforeAll(async () => {
  ({ api, people, enter } = await createRegisterApi());
  ({ preview, run, importAll, compareAll, leads, trips, csv } = createTruckFiles({ api, people }));
  day = simulateDay({ seed: 11 });
  for (const fact of [...day.register.sites, ...day.register.tippings, ...day.register.permits].map((one) => one.fact))
    await enter(fact);
  for (const plate of day.register.plates) await enter({ kind: "vehicle", plate });
});
afterAll(() => api.close());

describe("a simulated day of forty trucks, imported as files", () => {
  test("gives the findings that were planted and no other, and the same again when everything is imported once more", async () => {
    for (const { kind, bytes } of simulatedFiles(day)) expect((await importAll(kind, bytes)).error).toBe(0);
    await compareAll();
    const found = (await leads()).items;
    const planted = day.truth.map(({ rule, plate }) => `${plate} ${rule}`).sort();
    expect(found.map(({ rule, plate }) => `${plate} ${rule}`).sort()).toEqual(planted);
    expect((await trips()).items).toHaveLength(40);

    const before = await Promise.all([
      api.deps.db.truckFile.count(),
      api.deps.db.truckEvent.count(),
      api.deps.db.truckPoint.count(),
    ]);
    for (const { kind, bytes } of simulatedFiles(day)) expect((await importAll(kind, bytes)).create).toBe(0);
    expect(
      await Promise.all([
        api.deps.db.truckFile.count(),
        api.deps.db.truckEvent.count(),
        api.deps.db.truckPoint.count(),
      ]),
    ).toEqual(before);
    const again = await people.handler.call("POST", "/api/trucks/compare", { from: "2026-11-26", to: "2026-11-28" });
    expect(again.json()).toEqual({ days: 3 });
    await compareAll();
    const later = (await leads()).items;
    expect(later.map(({ id, version }) => `${id} ${version}`)).toEqual(
      found.map(({ id, version }) => `${id} ${version}`),
    );
  });

  test("each finding says what it stands on: rows with the hash of their file, which is kept", async () => {
    const [lead] = (await leads("&rule=QUANTITY_MISMATCH")).items;
    expect(lead?.check).toMatchObject({ verdict: "finding", unit: "t" });
    expect(lead?.check.margin).toBeGreaterThan(0);
    const trip = (await people.head.call("GET", `/api/trucks/trips/${lead?.tripId}`)).json() as TripDetail;
    const rows = trip.rows.filter(({ key }) => lead?.check.rows.includes(key));
    expect(rows.map(({ kind }) => kind).sort()).toEqual(["manifest", "tipping_entry"]);
    for (const { fileSha256, row } of rows) {
      expect(await api.deps.store.verify(fileSha256 ?? "")).toBe(true);
      expect(row).toBeGreaterThan(1);
    }
    expect(trip.track.length === 0).toBe(!trip.hasTrack);
    const [off] = (await leads("&rule=OFF_CORRIDOR")).items;
    expect(off?.latitude).toBeGreaterThan(31.21);
  });
});

describe("a finding", () => {
  test("is taken up or discarded with a reason by an officer, from the version that was seen, and it is written down", async () => {
    const [first, second] = (await leads("&rule=WASH_FAIL")).items;
    if (first === undefined || second === undefined) throw new Error("two are planted");
    const move = (id: string, body: object, caller = people.handler) =>
      caller.call("POST", `/api/trucks/leads/${id}/moves`, body);
    expect((await move(first.id, { move: "take_up", version: 1 }, people.monitor)).statusCode).toBe(403);
    expect((await move(first.id, { move: "take_up", version: 7 })).json()).toMatchObject({ code: "STALE" });
    expect((await move(first.id, { move: "reopen", version: 1, reason: "other", note: "x" })).json()).toMatchObject({
      code: "LEAD_MOVE_CLOSED",
    });
    expect((await move(first.id, { move: "take_up", version: 1 })).json()).toEqual({ state: "TAKEN_UP", version: 2 });
    expect((await move(second.id, { move: "discard", version: 1 })).json()).toMatchObject({
      code: "LEAD_NEEDS_REASON",
    });
    expect((await move(second.id, { move: "discard", version: 1, reason: "other" })).json()).toMatchObject({
      code: "LEAD_NEEDS_REASON",
    });
    const discarded = await move(second.id, {
      move: "discard",
      version: 1,
      reason: "device_fault",
      note: "冲洗机故障",
    });
    expect(discarded.json()).toEqual({ state: "DISCARDED", version: 2 });
    expect((await move(second.id, { move: "discard", version: 2, reason: "other", note: "x" })).statusCode).toBe(409);

    await people.handler.call("POST", "/api/trucks/compare", { from: "2026-11-27", to: "2026-11-27" });
    await compareAll();
    const kept = (await leads("&state=DISCARDED")).items;
    expect(kept).toMatchObject([
      { id: second.id, version: 2, decided: { by: "人员handler", reason: "device_fault", note: "冲洗机故障" } },
    ]);
    const log = await api.deps.db.custody.findMany({ where: { action: "truck.lead_moved" }, orderBy: { seq: "asc" } });
    expect(log.map(({ subject }) => subject)).toEqual([`truck-lead:${first.id}`, `truck-lead:${second.id}`]);
    expect(Buffer.from(log[1]?.body ?? []).toString()).not.toContain("冲洗机故障");
    const check = await people.auditor.call("POST", "/api/custody/check", {});
    expect(check.json()).toMatchObject({ intact: true });
  });

  test("that rows which come later answer lapses by itself; nobody decides it any more", async () => {
    const [lead] = (await leads("&rule=NO_TIPPING_ENTRY")).items;
    if (lead === undefined) throw new Error("one is planted");
    const at = new Date(Date.parse(lead.at) + 40 * 60_000).toISOString();
    await importAll("tipping_entry", csv("车牌号,进场时间,消纳场,净重", `${lead.plate},${at},${demoTip},18`));
    await compareAll();
    const lapsed = (await leads("&state=LAPSED&rule=NO_TIPPING_ENTRY")).items;
    expect(lapsed).toMatchObject([{ id: lead.id, version: 2, moves: [] }]);
    expect(lapsed[0]?.unfoundAt).not.toBeNull();
  });

  test("that a person takes up while its day is compared stays taken up, though the rows no longer say so", async () => {
    const [lead] = (await leads("&rule=ENTRY_ELSEWHERE")).items;
    // the register had lagged behind
    await enter({ ...permitFact(), reference: "演示渣处〔2026〕2号", tippingSites: [demoOtherTip] });
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const taking = api.deps.db.$transaction(
      async (tx) => {
        await tx.truckLead.update({ where: { id: lead?.id ?? "" }, data: { state: "TAKEN_UP", version: 2 } });
        await held;
      },
      { timeout: 60_000 },
    );
    const comparing = compareAll();
    await untilWaiting(api.deps.db);
    release();
    await Promise.all([taking, comparing]);
    const [taken] = (await leads("&state=TAKEN_UP&rule=ENTRY_ELSEWHERE")).items;
    expect(taken).toMatchObject({ id: lead?.id, version: 2 });
    expect(taken?.unfoundAt).not.toBeNull();
  });

  test("of an unregistered vehicle lapses when the vehicle is entered into the register", async () => {
    const [lead] = (await leads("&rule=UNREGISTERED_VEHICLE")).items;
    if (lead === undefined) throw new Error("one is planted");
    await enter({ kind: "vehicle", plate: lead.plate });
    await compareAll();
    expect((await leads("&state=LAPSED&rule=UNREGISTERED_VEHICLE")).items.map(({ id }) => id)).toEqual([lead.id]);
  });
});

describe("a file of observations", () => {
  test("is shown row by row with what is wrong, and only what is good and new is written", async () => {
    const bytes = csv(
      "某消纳场流水",
      "车牌号,进场时间,消纳场,净重,司机,司机电话",
      `沪B10001,2026-10-01 21:05,${demoTip},18.5,张三,13800000000`,
      `沪B10001,2026-10-01 21:05,${demoTip},18.5,张三,13800000000`,
      `沪B10001,2026-10-01 21:05,${demoTip},19.5,张三,13800000000`,
      `沪B1,2026-10-01 21:06,${demoTip},18.5,,`,
      `沪B10002,昨天,${demoTip},-3,,`,
      "沪B10002,2026-10-01 22:00,没有登记的场,12,,",
    );
    const seen = (await preview("tipping_entry", bytes)).json() as TruckImportPreview;
    expect(seen.counts).toEqual({ create: 2, same: 1, error: 3 });
    expect(seen.ignored).toEqual(["司机", "司机电话"]);
    expect(seen.unknownNames).toEqual(["没有登记的场"]);
    expect(seen.rows.slice(0, 3).map(({ row, problems }) => [row, problems.map(({ code }) => code)])).toEqual([
      [5, ["duplicate_in_file"]],
      [6, ["bad_plate"]],
      [7, ["bad_instant", "bad_number"]],
    ]);
    expect(await api.deps.db.truckEvent.count({ where: { plate: "沪B10001" } })).toBe(0);
    expect((await run("tipping_entry", bytes, "0".repeat(64))).json()).toMatchObject({ code: "PREVIEW_STALE" });
    expect(await api.deps.store.verify(seen.sha256)).toBe(false);
    expect((await run("tipping_entry", bytes, seen.plan)).json()).toEqual({ create: 2, same: 1, error: 3 });
    expect((await run("tipping_entry", bytes, seen.plan)).json()).toMatchObject({ code: "PREVIEW_STALE" });
    expect(await api.deps.store.verify(seen.sha256)).toBe(true);
    // nothing of it is new: its bytes are not kept
    const known = csv("车牌号,进场时间,消纳场,净重", `沪B10001,2026-10-01 21:05,${demoTip},18.5`);
    const same = (await preview("tipping_entry", known)).json() as TruckImportPreview;
    expect((await run("tipping_entry", known, same.plan)).json()).toEqual({ create: 0, same: 1, error: 0 });
    expect(await api.deps.store.verify(same.sha256)).toBe(false);
    const other = csv("车牌号,进场时间,消纳场,净重", `沪B10001,2026-10-01 21:05,${demoTip},30`);
    const conflict = (await preview("tipping_entry", other)).json() as TruckImportPreview;
    expect(conflict.rows[0]?.problems[0]?.code).toBe("conflicts");
    const log = await api.deps.db.custody.findMany({ where: { action: "truck.imported" } });
    expect(log.some(({ body }) => Buffer.from(body).toString().includes(seen.sha256))).toBe(true);
    // the whole number: three digits of it can stand in a row's random id
    expect(JSON.stringify(await api.deps.db.truckEvent.findMany({ where: { plate: "沪B10001" } }))).not.toMatch(
      /张三|13800000000/,
    );
  });

  test("of a gateway (JT/T 808) finds the vehicle by its terminal; a broken frame is told with its reason", async () => {
    const good =
      "7e02004026010000000001391234432900000000006f0000001601dc9a0707456246007b004200032501292233440202006401040000000c417e";
    const broken = good.replace("01dc9a07", "01dc9a08");
    const unknown = (await preview("track", csv(good, broken))).json() as TruckImportPreview;
    expect(unknown).toMatchObject({ encoding: "JT/T 808", counts: { create: 0, error: 2 } });
    expect(unknown.rows.map(({ problems }) => problems[0]?.code)).toEqual(["unknown_terminal", "bad_frame"]);
    expect(unknown.rows[1]?.problems[0]?.text.zh).toContain("校验码");
    await enter({ kind: "vehicle", plate: "沪B20001", terminalNo: "13912344329" });
    expect(await importAll("track", csv(good, broken))).toEqual({ create: 1, same: 0, error: 1 });
    expect(await api.deps.db.truckPoint.findFirst({ where: { plate: "沪B20001" } })).toMatchObject({
      longitude: 121.987654,
      at: new Date("2025-01-29T14:33:44Z"),
    });
  });

  test("that was imported by mistake is withdrawn with a reason: its rows count no more, stay, and may come again corrected", async () => {
    const line = (weight: number) =>
      csv("车牌号,进场时间,消纳场,净重", `沪B30001,2026-10-05 21:05,${demoTip},${weight}`);
    await importAll("tipping_entry", line(180));
    await compareAll();
    const ofTruck = async () => (await trips("&plate=沪B30001")).items.map(({ entryT }) => entryT);
    expect(await ofTruck()).toEqual([180]);
    const [file] = await api.deps.db.truckFile.findMany({ where: { events: { some: { plate: "沪B30001" } } } });
    const withdraw = (body: object, caller = people.handler) =>
      caller.call("POST", `/api/trucks/files/${file?.id}/withdraw`, body);
    expect((await withdraw({ reason: "单位写错" }, people.monitor)).statusCode).toBe(403);
    expect((await withdraw({ reason: " " })).statusCode).toBe(400);
    expect((await withdraw({ reason: "单位写错" })).json()).toEqual({ ok: true });
    expect((await withdraw({ reason: "再次" })).json()).toMatchObject({ code: "TRUCK_FILE_WITHDRAWN" });
    await compareAll();
    expect(await ofTruck()).toEqual([]);
    expect(await importAll("tipping_entry", line(18))).toEqual({ create: 1, same: 0, error: 0 });
    await compareAll();
    expect(await ofTruck()).toEqual([18]);
    expect(await api.deps.db.truckEvent.count({ where: { plate: "沪B30001" } })).toBe(2);
    const listed = (await people.auditor.call("GET", "/api/trucks/files")).json().items;
    expect(listed.find(({ id }: { id: string }) => id === file?.id)).toMatchObject({
      withdrawn: { by: "人员handler", reason: "单位写错" },
    });
    await expect(
      api.deps.db.$executeRaw`update truck_event set plate = '沪B9' where plate = '沪B30001'`,
    ).rejects.toThrow();
    await expect(api.deps.db.$executeRaw`delete from truck_file`).rejects.toThrow();
  });

  test("is for those who keep the register; trips are for those who read it", async () => {
    const bytes = csv("车牌号,进场时间,消纳场", `沪B10009,2026-10-01 21:05,${demoTip}`);
    expect((await preview("tipping_entry", bytes, people.monitor)).statusCode).toBe(403);
    expect((await run("tipping_entry", bytes, "0".repeat(64), people.auditor)).statusCode).toBe(403);
    expect((await people.pilot.call("GET", "/api/trucks/trips")).statusCode).toBe(403);
    expect((await people.tech.call("GET", "/api/trucks/leads")).statusCode).toBe(403);
    expect((await preview("track", Buffer.from("天气,温度\n晴,20\n"))).json()).toMatchObject({ code: "SHEET_REFUSED" });
    const template = await people.handler.call("GET", "/api/trucks/template?kind=manifest&language=en");
    expect(template.statusCode).toBe(200);
  });

  test("whose import is killed in the middle leaves nothing, and the same again writes everything", async () => {
    const lines = Array.from({ length: 1_200 }, (_, nth) => {
      const at = new Date(Date.UTC(2026, 8, 1, 0, nth)).toISOString();
      return `沪C3${String(nth % 10_000).padStart(4, "0")},${at},${demoTip},18`;
    });
    const bytes = csv("车牌号,进场时间,消纳场,净重", ...lines);
    const seen = (await preview("tipping_entry", bytes)).json() as TruckImportPreview;
    expect(seen.counts.create).toBe(1_200);
    const counts = async () => ({
      files: await api.deps.db.truckFile.count({ where: { sha256: seen.sha256 } }),
      events: await api.deps.db.truckEvent.count({ where: { plate: { startsWith: "沪C3" } } }),
      log: (await api.deps.db.custody.findMany({ where: { action: "truck.imported" } })).filter(({ body }) =>
        Buffer.from(body).toString().includes(seen.sha256),
      ).length,
    });
    // the day's row is held by another transaction: the import has written its rows and waits
    await api.deps.db.$executeRaw`insert into truck_day (day) values ('2026-09-01') on conflict do nothing`;
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const holding = api.deps.db.$transaction(
      async (tx) => {
        await tx.$executeRaw`update truck_day set wanted = wanted + 1 where day = '2026-09-01'`;
        await held;
      },
      { timeout: 60_000 },
    );
    const importing = run("tipping_entry", bytes, seen.plan);
    await untilWaiting(api.deps.db);
    await api.deps.db.$queryRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    expect((await importing).statusCode).toBe(500);
    release();
    await holding;
    expect(await counts()).toEqual({ files: 0, events: 0, log: 0 });
    expect(await importAll("tipping_entry", bytes)).toEqual({ create: 1_200, same: 0, error: 0 });
    expect(await counts()).toEqual({ files: 1, events: 1_200, log: 1 });
  });
});

describe("a camera at the gate of a site", () => {
  test("gives a pass for each flag: the plate a person confirmed, the cover a model was sure of; what neither said stays open", async () => {
    await enter({
      kind: "site",
      name: "相机工地",
      place: "相机路",
      longitude: 121.9,
      latitude: 31.1,
      gateSources: ["cam-muck"],
    });
    const vehicle = await enter({ kind: "vehicle", plate: "沪B40001" });
    const clueId = await api.seedClue({ sourceId: "cam-muck", violation: "TRUCK_UNCOVERED", from: new Date() });
    const ofTruck = async () => (await trips("&plate=沪B40001")).items;
    await compareAll();
    expect(await ofTruck()).toEqual([]);
    const matched = await people.handler.call("POST", `/api/clues/${clueId}/objects`, {
      objectId: vehicle,
      version: 1,
    });
    expect(matched.statusCode, matched.body).toBe(200);
    await compareAll();
    const [trip] = await ofTruck();
    expect(trip).toMatchObject({ site: "相机工地", findings: [] });
    const detail = (await people.monitor.call("GET", `/api/trucks/trips/${trip?.id}`)).json() as TripDetail;
    expect(detail.rows).toMatchObject([{ kind: "gate_pass", fileSha256: null, clueId }]);
    expect(detail.checks.find(({ rule }) => rule === "COVER_FAIL")?.verdict).toBe("cannot_say");
    // an administrator may not browse records
    const bare = (await people.admin.call("GET", `/api/trucks/trips/${trip?.id}`)).json() as TripDetail;
    expect(bare.rows[0]?.clueId).toBeNull();

    const reading = { detection: 0, modelId: "m", modelSha256: "b".repeat(64), plate: null, confidence: 0.97 };
    const { flagId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: clueId } });
    await api.deps.db.flag.update({
      where: { id: flagId },
      data: { readings: { items: [{ ...reading, attribute: "cover", value: "open", outcome: "judged" }] } },
    });
    await compareAll();
    expect((await ofTruck())[0]?.findings).toEqual(["COVER_FAIL"]);
    // its imagery is held by this
    expect(await api.deps.db.truckLead.findFirst({ where: { plate: "沪B40001" } })).toMatchObject({
      document: { flagIds: [flagId] },
    });

    // a person has found that the record does not hold
    for (const state of ["REJECTED", "DISCARDED"] as const) {
      await api.deps.db.clue.update({ where: { id: clueId }, data: { state: "LEGAL_REVIEW" } });
      await compareAll();
      expect((await ofTruck())[0]?.findings).toEqual(["COVER_FAIL"]);
      await api.deps.db.clue.update({ where: { id: clueId }, data: { state } });
      await compareAll();
      expect((await ofTruck())[0]?.findings).toEqual([]);
    }
  });
});

describe("a plate that a model read at the gate", () => {
  test("is no unregistered vehicle: that cannot be said until a person has confirmed it", async () => {
    const clueId = await api.seedClue({ sourceId: "cam-muck", violation: "TRUCK_UNCOVERED", from: new Date() });
    const { flagId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: clueId } });
    const plate = {
      text: "沪F70707",
      characters: [],
      confidence: 0.99,
      layout: "single",
      format: "ok",
      cornersNorm: Array(4).fill([0, 0]),
    };
    const model = { detection: 0, modelId: "m", modelSha256: "b".repeat(64), confidence: 0.99, outcome: "judged" };
    const readings = { items: [{ ...model, attribute: "plate", value: plate.text, plate }] };
    await api.deps.db.flag.update({ where: { id: flagId }, data: { readings } });
    await compareAll();
    const [trip] = (await trips("&plate=沪F70707")).items;
    expect(trip?.findings).toEqual([]);
    const detail = (await people.monitor.call("GET", `/api/trucks/trips/${trip?.id}`)).json() as TripDetail;
    const check = detail.checks.find(({ rule }) => rule === "UNREGISTERED_VEHICLE");
    expect(check?.verdict).toBe("cannot_say");
    expect(check?.text.zh).toContain("模型识读");
  });
});

describe("sites, tipping sites and permits", () => {
  test("are given with their routes and what their quota has taken", async () => {
    const register = (await people.monitor.call("GET", "/api/trucks/register")).json();
    const permit = register.permits.find(({ name }: { name: string }) => name === permitFact().reference);
    expect(permit).toMatchObject({ site: demoSite, corridorM: 60, quotaT: 100_000, state: expect.any(String) });
    expect(permit.usedT).toBeGreaterThan(400);
    expect(register).toMatchObject({ mayImport: false, mayDecide: false, settings: { verified: false } });
  });
});
