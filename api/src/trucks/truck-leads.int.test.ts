import { demoSite, demoTip, permitFact, type SimulatedDay, simulateDay } from "@mingcha/models/trips";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRegisterApi, type RegisterApi } from "../testing/register-api.ts";
import { createTruckFiles, type TruckFiles } from "../testing/truck-files.ts";
import { simulatedFiles } from "./simulated-files.ts";

let api: RegisterApi["api"];
let people: RegisterApi["people"];
let enter: RegisterApi["enter"];
let importAll: TruckFiles["importAll"];
let compareAll: TruckFiles["compareAll"];
let leads: TruckFiles["leads"];
let trips: TruckFiles["trips"];
let csv: TruckFiles["csv"];
let day: SimulatedDay;
beforeAll(async () => {
  ({ api, people, enter } = await createRegisterApi());
  ({ importAll, compareAll, leads, trips, csv } = createTruckFiles({ api, people }));
  day = simulateDay({ seed: 11 });
  for (const { fact } of [...day.register.sites, ...day.register.tippings, ...day.register.permits]) await enter(fact);
  for (const plate of day.register.plates) await enter({ kind: "vehicle", plate });
  for (const { kind, bytes } of simulatedFiles(day)) await importAll(kind, bytes);
  await compareAll();
});
afterAll(() => api.close());

describe("a finding", () => {
  test("that a person decided keeps what it was decided on; what is found otherwise later stands beside it and is written down", async () => {
    const plate = "沪K99999";
    const entered = (weightT: number) =>
      importAll(
        "tipping_entry",
        csv("车牌号,进场时间,消纳场,净重", `${plate},2026-11-27T12:30:00Z,${demoTip},${weightT}`),
      );
    const withdraw = async () => {
      const [file] = await api.deps.db.truckFile.findMany({
        where: { withdrawnAt: null, kind: "tipping_entry", events: { some: { plate } } },
      });
      const done = await people.handler.call("POST", `/api/trucks/files/${file?.id}/withdraw`, { reason: "重量有误" });
      expect(done.statusCode, done.body).toBe(200);
    };
    const again = async (weightT: number) => {
      await withdraw();
      await entered(weightT);
      await compareAll();
    };
    const ofTruck = async (state: string) =>
      (await leads(`&state=${state}&rule=QUANTITY_MISMATCH`)).items.find((lead) => lead.plate === plate);
    const move = (body: object, id = "") => people.handler.call("POST", `/api/trucks/leads/${id}/moves`, body);
    await importAll(
      "manifest",
      csv(
        "联单编号,号牌号码,开具时间,工地,消纳点,重量",
        `L-K9,${plate},2026-11-27T12:00:00Z,${demoSite},${demoTip},30`,
      ),
    );
    await entered(20);
    await compareAll();
    const seen = await ofTruck("NEW");
    expect(seen).toMatchObject({ version: 1, check: { measured: 10 }, changed: null });
    // nobody has decided: it is told as it is found, and a page of before is stale
    await again(18);
    expect(await ofTruck("NEW")).toMatchObject({ version: 2, check: { measured: 12 }, changed: null });
    expect((await move({ move: "take_up", version: 1 }, seen?.id)).json()).toMatchObject({ code: "STALE" });
    expect((await move({ move: "take_up", version: 2 }, seen?.id)).statusCode).toBe(200);
    await again(15);
    const decided = await ofTruck("TAKEN_UP");
    expect(decided).toMatchObject({ id: seen?.id, version: 4, check: { measured: 12 }, changed: { measured: 15 } });
    const log = await api.deps.db.custody.findMany({ where: { action: "truck.lead_changed" } });
    expect(log.map(({ subject }) => subject)).toEqual([`truck-lead:${seen?.id}`]);
    await people.handler.call("POST", "/api/trucks/compare", { from: "2026-11-27", to: "2026-11-27" });
    await compareAll();
    expect(await ofTruck("TAKEN_UP")).toMatchObject({ version: 4 });
    // as it was decided on
    await again(18);
    expect(await ofTruck("TAKEN_UP")).toMatchObject({ version: 5, check: { measured: 12 }, changed: null });
  });
});

describe("what the register says later", () => {
  const change = async (name: string, fact: object) => {
    const { id, version } = await api.deps.db.registerObject.findFirstOrThrow({ where: { name, closedAt: null } });
    const changed = await people.head.call("PATCH", `/api/objects/${id}`, { version, fact });
    expect(changed.statusCode, changed.body).toBe(200);
  };

  test("judges no trip of before: a vehicle that has left it since was in it, and a permit is asked as it was", async () => {
    const plate = "沪K88888";
    const pass = (at: string) =>
      importAll("gate_pass", csv("号牌号码,时间,工地,方向", `${plate},${at},${demoSite},出`));
    const unregistered = async () =>
      (await trips(`&plate=${plate}`)).items.map(({ findings }) => findings.includes("UNREGISTERED_VEHICLE"));
    const id = await enter({ kind: "vehicle", plate });
    await pass("2026-11-27T12:00:00Z");
    await compareAll();
    const found = async () => (await leads()).items.map((lead) => `${lead.plate} ${lead.rule}`).sort();
    const before = await found();
    const closed = await people.head.call("POST", `/api/objects/${id}/close`, { version: 1, reason: "已报废" });
    expect(closed.statusCode, closed.body).toBe(200);
    await change(permitFact().reference, { ...permitFact(), validTo: "2026-06-30" });
    await compareAll();
    expect(await found()).toEqual(before);
    // out of the register it is found, and to enter it anew does not change that
    await pass(new Date().toISOString());
    await compareAll();
    expect(await unregistered()).toEqual([true, false]);
    await enter({ kind: "vehicle", plate });
    await change(permitFact().reference, permitFact());
    await compareAll();
    expect(await unregistered()).toEqual([true, false]);
  });
});
