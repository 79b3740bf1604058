import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueObjects } from "@mingcha/models/http";
import type { ObjectFactInput } from "@mingcha/models/objects";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, createRegisterApi, creditCode, type RegisterApi, shop, unique } from "../testing/register-api.ts";
import { passed } from "../testing/test-api.ts";

let api: RegisterApi["api"];
let people: RegisterApi["people"];
let enter: RegisterApi["enter"];
beforeAll(async () => {
  ({ api, people, enter } = await createRegisterApi());
});
afterAll(() => api.close());

describe("a match between a record and an object", () => {
  test("is offered with why, and made by a person alone", async () => {
    const place = `示例路${unique()}号`;
    const [at, around] = [await enter(shop({ place: `${place} 门前` })), await enter(shop({ place }))];
    await enter(shop({ place: `${place}甲` }));
    const clue = await api.seedClue({ place: `${place} 门前` });
    const offered = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(offered.candidates.map(({ object, reasons }) => [object.id, reasons[0]?.code])).toEqual([
      [at, "place"],
      [around, "place_within"],
    ]);
    expect(offered.confirmed).toBeNull();
    expect(await api.deps.db.objectMatch.count({ where: { clueId: clue } })).toBe(0);

    const confirm = (caller: Caller, body: object) => caller.call("POST", `/api/clues/${clue}/objects`, body);
    for (const caller of [people.monitor, people.head, people.auditor, people.admin])
      expect((await confirm(caller, { objectId: at, version: 1 })).statusCode).toBe(403);
    const machine = await api.app.inject({
      method: "POST",
      url: `/api/clues/${clue}/objects`,
      headers: { "x-mingcha": "1" },
      payload: { objectId: at, version: 1 },
    });
    expect(machine.statusCode).toBe(401);
    const row = { clueId: clue, objectId: at, objectVersion: 1, reasons: [] };
    await expect(
      api.deps.db.objectMatch.create({ data: { ...row, confirmedBy: "00000000-0000-4000-8000-000000000000" } }),
    ).rejects.toThrow();

    expect((await confirm(people.tech, { objectId: at, version: 9 })).json()).toMatchObject({ code: "STALE" });
    expect((await confirm(people.tech, { objectId: at, version: 1 })).statusCode).toBe(200);
    const again = await confirm(people.legal, { objectId: around, version: 1 });
    expect(again.json()).toMatchObject({ code: "MATCH_STANDS" });
    const after = (await people.legal.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(after.confirmed).toMatchObject({ object: { id: at }, confirmedBy: "人员tech", objectVersion: 1 });
    expect(after.candidates.map(({ object }) => object.id)).toEqual([around]);
  });

  test("is taken back with a reason, seen ever after, and changed in no other way", async () => {
    const id = await enter(shop());
    const clue = await api.seedClue();
    const { id: matchId } = (
      await people.tech.call("POST", `/api/clues/${clue}/objects`, { objectId: id, version: 1 })
    ).json();
    const withdraw = (reason: string) =>
      people.legal.call("POST", `/api/clues/${clue}/objects/${matchId}/withdraw`, { reason });
    expect((await withdraw(" ")).statusCode).toBe(400);
    expect((await withdraw("看错了门牌")).statusCode).toBe(200);
    expect((await withdraw("看错了门牌")).json()).toMatchObject({ code: "STALE" });
    const view = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(view.confirmed).toBeNull();
    expect(view.withdrawn[0]?.withdrawn).toMatchObject({ by: "人员legal", reason: "看错了门牌" });
    const { db } = api.deps;
    await expect(db.objectMatch.delete({ where: { id: matchId } })).rejects.toThrow();
    await expect(db.objectMatch.update({ where: { id: matchId }, data: { withdrawnReason: "x" } })).rejects.toThrow();
    const logged = await db.custody.findMany({ where: { subject: `clue:${clue}` }, orderBy: { seq: "asc" } });
    expect(logged.map(({ action }) => action).filter((action) => action.includes("object"))).toEqual([
      "clue.object_confirmed",
      "clue.object_withdrawn",
    ]);
  });

  test("offers trucks whose plate was read, or nearly, and shows telephones to handlers alone", async () => {
    const exact = await enter({ kind: "vehicle", plate: "沪A77777", telephone: "021-58000003" });
    const near = await enter({ kind: "vehicle", plate: "沪A7777T" });
    await enter({ kind: "vehicle", plate: "沪A88888" });
    const clue = await api.seedClue({ violation: "TRUCK_UNCOVERED" });
    const { flagId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: clue } });
    const characters = [..."沪A77777"].map((char, nth) => ({
      char,
      confidence: 0.9,
      alternatives: nth === 6 ? [{ char: "T", confidence: 0.1 }] : [],
    }));
    const plate = {
      text: "沪A77777",
      characters,
      confidence: 0.9,
      layout: "yellow",
      format: "ok",
      cornersNorm: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    };
    const reading = {
      detection: 0,
      attribute: "plate",
      value: "沪A77777",
      outcome: "judged",
      confidence: 0.9,
      modelId: "m",
      modelSha256: "a".repeat(64),
      plate,
    };
    await api.deps.db.flag.update({ where: { id: flagId }, data: { readings: { items: [reading] } } });
    const view = async (caller: Caller) =>
      (await caller.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    const seen = await view(people.tech);
    expect(seen.candidates.map(({ object, reasons }) => [object.id, reasons[0]?.code])).toEqual([
      [exact, "plate"],
      [near, "plate_near"],
    ]);
    expect(JSON.stringify(seen)).not.toContain("58000003");
    expect((await view(people.handler)).candidates[0]?.object.fact.telephone).toBe("021-58000003");
    const searched = await people.legal.call("GET", `/api/clues/${clue}/objects?q=${encodeURIComponent("沪A888")}`);
    expect((searched.json() as ClueObjects).candidates.at(-1)).toMatchObject({
      object: { name: "沪A88888" },
      reasons: [{ code: "searched" }],
    });
    const logged = await api.deps.db.custody.findMany({
      where: { subject: `clue:${clue}`, action: "objects.searched" },
    });
    expect(logged).toHaveLength(1);
    expect(Buffer.from(logged[0]?.body ?? []).toString("utf8")).not.toContain("A888");
  });

  test("cannot be made while another person decides on the record, nor with a closed file", async () => {
    const id = await enter(shop());
    const clue = await api.seedClue();
    const other = await api.signIn(`other-${unique()}`, ["technical_reviewer"]);
    await other.call("POST", `/api/clues/${clue}/lease`);
    const confirm = (caller: Caller) => caller.call("POST", `/api/clues/${clue}/objects`, { objectId: id, version: 1 });
    expect((await confirm(people.tech)).json()).toMatchObject({ code: "TAKEN" });
    await people.head.call("POST", `/api/objects/${id}/close`, { version: 1, reason: "歇业" });
    expect((await confirm(other)).json()).toMatchObject({ code: "OBJECT_CLOSED" });
  });

  test("stands beside the permits of the place, each with how much of the act it covers", async () => {
    const place = `疏导点${unique()}`;
    const permit = (over: object): ObjectFactInput => ({
      kind: "permit",
      place,
      violations: ["CROSS_DOOR"],
      validFrom: "2026-01-01",
      validTo: "2026-12-31",
      days: "1-7",
      from: "08:00",
      to: "12:00",
      reference: `许${unique()}`,
      ...over,
    });
    // 2026-11-20 is a Friday; the act is from 09:00 to 09:01 in Shanghai
    const covers = await enter(permit({}));
    const other = await enter(permit({ violations: ["STALL"] }));
    const evening = await enter(permit({ from: "18:00", to: "22:00" }));
    const clue = await api.seedClue({ place });
    const { permits } = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
    expect(
      permits.map(({ object, cover, namesMatter, recordedLater }) => [object.id, cover, namesMatter, recordedLater]),
    ).toEqual([
      [covers, "whole", true, true],
      [evening, "none", true, true],
      [other, "whole", false, true],
    ]);
  });
});

describe("a permit that was changed after an act", () => {
  test("says what it covers now and what it covered by the version that stood then", async () => {
    const place = `疏导点${unique()}`;
    const fact: ObjectFactInput = {
      kind: "permit",
      place,
      violations: ["CROSS_DOOR"],
      validFrom: "2020-01-01",
      validTo: "2099-12-31",
      from: "00:00",
      to: "24:00",
      reference: `许${unique()}`,
    };
    const id = await enter(fact);
    const clue = await api.seedClue({ place, from: new Date() });
    const view = async () => {
      const { permits } = (await people.tech.call("GET", `/api/clues/${clue}/objects`)).json() as ClueObjects;
      return permits.map(({ cover, coverThen, changedLater, recordedLater }) => [
        cover,
        coverThen,
        changedLater,
        recordedLater,
      ]);
    };
    expect(await view()).toEqual([["whole", null, false, false]]);
    await people.head.call("PATCH", `/api/objects/${id}`, { version: 1, fact: { ...fact, validTo: "2020-12-31" } });
    expect(await view()).toEqual([["none", "whole", true, false]]);
    await people.head.call("POST", `/api/objects/${id}/close`, { version: 2, reason: "撤销" });
    expect(await view()).toHaveLength(1);
    const later = await api.seedClue({ place, from: new Date(Date.now() + 3_600_000) });
    const after = (await people.tech.call("GET", `/api/clues/${later}/objects`)).json() as ClueObjects;
    expect(after.permits).toEqual([]);
  });
});

describe("a case", () => {
  /** Two reviews by two people: what is filed was reviewed. */
  async function reviewed(id: string): Promise<string> {
    const pass = (who: Caller, event: string, version: number, questions: readonly { id: string }[]) =>
      who.call("POST", `/api/clues/${id}/events`, { event, version, checklist: passed(questions) });
    await pass(people.tech, "tech_pass", 1, technicalQuestions);
    await pass(people.legal, "legal_pass", 2, legalQuestions);
    return id;
  }

  test("opened from a record with a confirmed object has its party from the register, marked until a handler confirms it", async () => {
    const { openCase } = await import("../cases/open-case.ts");
    const { loadClue } = await import("../clues/load-clue.ts");
    const second = await api.signIn(`second-${unique()}`, ["handler"]);
    const id = await enter(shop({ creditCode, operator: "张三" }));
    const clueId = await api.seedClue();
    await people.tech.call("POST", `/api/clues/${clueId}/objects`, { objectId: id, version: 1 });
    const clue = await loadClue(api.deps.db, await reviewed(clueId));
    const caseId = await api.deps.db.$transaction((tx) =>
      openCase(tx, api.deps, clue, { handlerIds: [people.handler.person.id, second.person.id], leftOut: null }),
    );
    const view = async () => (await people.handler.call("GET", `/api/cases/${caseId}`)).json();
    const { party, version } = await view();
    expect(party).toMatchObject({ kind: "unit", idNumber: creditCode, representative: "张三", phone: "021-58000001" });
    expect(party.address).toBeUndefined();
    expect(party.register).toMatchObject({
      objectId: id,
      version: 1,
      unconfirmed: ["name", "idNumber", "representative", "phone"],
    });
    const save = async (body: object) => (await people.handler.call("PATCH", `/api/cases/${caseId}`, body)).json();
    const { register: _, ...plain } = party;
    const kept = await save({ version, party: { ...plain, phone: "021-58000077" } });
    expect(kept.party.register.unconfirmed).toEqual(["name", "idNumber", "representative"]);
    const confirmed = await save({ version: kept.version, party: plain, partyConfirmed: true });
    expect(confirmed.party.register).toBeUndefined();
    const logged = await api.deps.db.custody.findMany({ where: { subject: `case:${caseId}` } });
    expect(logged.map(({ action }) => action)).toContain("case.party_prefilled");
    expect(logged.map(({ body }) => Buffer.from(body).toString("utf8")).join()).not.toContain("张三");
  });

  test("takes the party as it stood when the match was confirmed, whatever the register said later", async () => {
    const { openCase } = await import("../cases/open-case.ts");
    const { loadClue } = await import("../clues/load-clue.ts");
    const second = await api.signIn(`second-${unique()}`, ["handler"]);
    const fact = shop({ operator: "张三" });
    const id = await enter(fact);
    const clueId = await api.seedClue();
    await people.tech.call("POST", `/api/clues/${clueId}/objects`, { objectId: id, version: 1 });
    const changed = await people.handler.call("PATCH", `/api/objects/${id}`, {
      version: 1,
      fact: { ...fact, operator: "李四" },
    });
    expect(changed.statusCode, changed.body).toBe(200);
    const clue = await loadClue(api.deps.db, await reviewed(clueId));
    const caseId = await api.deps.db.$transaction((tx) =>
      openCase(tx, api.deps, clue, { handlerIds: [people.handler.person.id, second.person.id], leftOut: null }),
    );
    const { party } = (await people.handler.call("GET", `/api/cases/${caseId}`)).json();
    expect(party.register).toMatchObject({ objectId: id, version: 1 });
    expect(JSON.stringify(party)).toContain("张三");
    expect(JSON.stringify(party)).not.toContain("李四");
  });

  test("opened from a record without one has no party but a blank", async () => {
    const { openCase } = await import("../cases/open-case.ts");
    const { loadClue } = await import("../clues/load-clue.ts");
    const clue = await loadClue(api.deps.db, await reviewed(await api.seedClue()));
    const caseId = await api.deps.db.$transaction((tx) =>
      openCase(tx, api.deps, clue, { handlerIds: [people.handler.person.id], leftOut: null }),
    );
    const { party } = (await people.handler.call("GET", `/api/cases/${caseId}`)).json();
    expect(party).toEqual({ kind: "unknown" });
  });
});
