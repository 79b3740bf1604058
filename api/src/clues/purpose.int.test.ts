import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail, FlightsView } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
const people = {} as Record<"monitor" | "pilot" | "tech" | "legal" | "both", Caller>;

beforeAll(async () => {
  api = await createTestApi();
  people.monitor = await api.signIn("monitor", ["monitor"]);
  people.pilot = await api.signIn("pilot", ["pilot"]);
  people.tech = await api.signIn("tech", ["technical_reviewer"]);
  people.legal = await api.signIn("legal", ["legal_reviewer"]);
  people.both = await api.signIn("both", ["technical_reviewer", "legal_reviewer"]);
});
afterAll(() => api.close());

const move = (who: Caller, id: string, event: string, questions: readonly { id: string }[]) =>
  api.deps.db.clue
    .findUniqueOrThrow({ where: { id } })
    .then(({ version }) =>
      who.call("POST", `/api/clues/${id}/events`, { event, version, checklist: passed(questions) }),
    );
/** The legal review of a record that passed the technical one. */
async function legalPass(id: string) {
  const { state } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  if (state === "TECH_REVIEW")
    expect((await move(people.tech, id, "tech_pass", technicalQuestions)).statusCode).toBe(200);
  return move(people.legal, id, "legal_pass", legalQuestions);
}
const flightOf = async (id: string) => {
  const { sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
  return api.deps.db.flight.findFirstOrThrow({ where: { sourceId } });
};
const statement = {
  aircraftClass: "light",
  registration: "UAS12345678",
  operator: "示例大队",
  approval: null,
  noApprovalReason: "轻型，适飞空域，120 米以下",
  inFreeAirspace: true,
  byRelay: false,
  overCrowd: false,
  statedHeightM: null,
};

describe("G-10, both ways of passing", () => {
  test("an enforcement device on the register holds; one that is on none is refused, merged too", async () => {
    expect((await legalPass(await api.seedClue())).json()).toMatchObject({ state: "ADMISSIBLE" });
    // a camera must have its papers also where its pictures only point officers to a place
    const bare = await api.seedClue({ bareDevice: true, violation: "UNLISTED" });
    const refused = await move(people.tech, bare, "tech_pass", technicalQuestions);
    expect(refused.json()).toMatchObject({ guard: "G-02" });
    const merged = await move(people.both, bare, "merged_pass", [...technicalQuestions, ...legalQuestions]);
    expect(merged.json()).toMatchObject({ code: "GUARD_REFUSED", guard: "G-02" });
  });

  test("shared police video needs a retrieval record with reason, person, number and period that covers the capture", async () => {
    const id = await api.seedClue({ kind: "shared_police", from: new Date("2026-11-20T01:00:00Z") });
    const { sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    const refused = await legalPass(id);
    expect(refused.json()).toMatchObject({ guard: "G-10" });
    expect(refused.json().zh).toContain("调取记录");
    const add = (extra: object) =>
      people.monitor.call("POST", `/api/sources/${sourceId}/records`, {
        kind: "retrieval",
        reference: "调取〔2026〕5号",
        validFrom: "2026-11-20T00:00:00Z",
        ...extra,
      });
    const retrieval = { reason: "核实跨门经营", person: "钱值班" };
    expect((await add({ validTo: "2026-11-20T02:00:00Z" })).statusCode).toBe(400);
    expect((await add({ retrieval })).statusCode).toBe(400);
    expect((await add({ retrieval, validTo: "2026-11-20T01:00:30Z" })).statusCode).toBe(200);
    expect((await legalPass(id)).json()).toMatchObject({ guard: "G-10" });
    expect((await add({ retrieval, validTo: "2026-11-20T02:00:00Z" })).statusCode).toBe(200);
    expect((await legalPass(id)).json()).toMatchObject({ state: "ADMISSIBLE" });
  });

  test("a drone record passes once its pilot stated a lawful flight", async () => {
    const id = await api.seedClue({ kind: "drone", bareFlight: true });
    const { id: flightId } = await flightOf(id);
    const state = (extra: object, statements: number) =>
      people.pilot.call("POST", `/api/flights/${flightId}/statements`, { ...statement, ...extra, statements });
    expect((await legalPass(id)).json()).toMatchObject({ guard: "G-10" });
    const branches: [object, string][] = [
      [{ noApprovalReason: null }, "批准文号"],
      [{ overCrowd: true }, "飞越人群"],
      [{ byRelay: true }, "中继飞行"],
      [{ inFreeAirspace: false }, "管制空域"],
      [{ aircraftClass: "medium" }, "中型"],
      [{ registration: "" }, "登记标志"],
      [{ operator: "" }, "运营人"],
      [{ statedHeightM: 130 }, "130 米"],
      [{ approval: { number: "批-7", heightLimitM: 60 } }, "超过 60 米"],
    ];
    for (const [nth, [extra, lack]] of branches.entries()) {
      expect((await state(extra, nth)).statusCode).toBe(200);
      const refused = await legalPass(id);
      expect(refused.json(), lack).toMatchObject({ guard: "G-10" });
      expect(refused.json().zh).toContain(lack);
    }
    const approved = { approval: { number: "批-7", heightLimitM: 120 }, overCrowd: true, inFreeAirspace: false };
    expect((await state(approved, branches.length)).statusCode).toBe(200);
    expect((await legalPass(id)).json()).toMatchObject({ state: "ADMISSIBLE" });
  });

  test("a drone record without a flight is refused and says what to bring", async () => {
    const id = await api.seedClue({ kind: "drone" });
    const { sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id } });
    await api.deps.db.clip.updateMany({ where: { sourceId }, data: { flightId: null } });
    expect((await legalPass(id)).json().zh).toContain("遥测");
  });

  test("a merged review asks for it as well", async () => {
    const id = await api.seedClue({ kind: "drone", bareFlight: true });
    const merged = () => move(people.both, id, "merged_pass", [...technicalQuestions, ...legalQuestions]);
    expect((await merged()).json()).toMatchObject({ guard: "G-10" });
    const { id: flightId } = await flightOf(id);
    await people.pilot.call("POST", `/api/flights/${flightId}/statements`, { ...statement, statements: 0 });
    expect((await merged()).json()).toMatchObject({ state: "ADMISSIBLE" });
  });
});

describe("a flight's facts", () => {
  test("are stated by pilots alone, seen with what they lack, never changed, and a second page is told that another came first", async () => {
    const id = await api.seedClue({ kind: "drone", bareFlight: true });
    const flight = await flightOf(id);
    const path = `/api/flights/${flight.id}/statements`;
    const body = { ...statement, statements: 0 };
    expect((await people.monitor.call("POST", path, body)).statusCode).toBe(403);
    expect((await people.pilot.call("POST", path, body)).statusCode).toBe(200);
    expect((await people.pilot.call("POST", path, body)).statusCode).toBe(409);
    const { items, mayState } = (await people.pilot.call("GET", "/api/flights")).json() as FlightsView;
    expect(mayState).toBe(true);
    expect(items.find((item) => item.id === flight.id)).toMatchObject({
      statements: 1,
      lacks: [],
      recordedHeightM: 80,
    });
    await expect(
      api.deps.db.flightStatement.updateMany({ where: { flightId: flight.id }, data: { operator: "别人" } }),
    ).rejects.toThrow(/append-only/);
  });

  test("of another pilot's flight are not this pilot's to state, nor to see", async () => {
    const id = await api.seedClue({ kind: "drone", bareFlight: true });
    const { id: flightId } = await flightOf(id);
    const other = await api.signIn("other-pilot", ["pilot"]);
    await api.deps.db.flight.update({ where: { id: flightId }, data: { operatorId: other.person.id } });
    const answer = await people.pilot.call("POST", `/api/flights/${flightId}/statements`, {
      ...statement,
      statements: 0,
    });
    expect(answer.statusCode).toBe(400);
    const { items } = (await people.pilot.call("GET", "/api/flights")).json() as FlightsView;
    expect(items.map((item) => item.id)).not.toContain(flightId);
  });

  test("make their author a collector: whoever flew never reviews it, whatever duty they hold later", async () => {
    const id = await api.seedClue({ kind: "drone", bareFlight: true });
    const { id: flightId } = await flightOf(id);
    const once = await api.signIn("once-a-pilot", ["pilot"]);
    await once.call("POST", `/api/flights/${flightId}/statements`, { ...statement, statements: 0 });
    await api.deps.db.person.update({ where: { id: once.person.id }, data: { duties: ["technical_reviewer"] } });
    expect((await move(once, id, "tech_pass", technicalQuestions)).json()).toMatchObject({ guard: "G-08" });
    const { purposeLacks } = (await people.tech.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
    expect(purposeLacks).toEqual([]);
  });
});
