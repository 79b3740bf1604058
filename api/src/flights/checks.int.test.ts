import { flightChecksSchema, flightsSchema } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

let api: TestApi;
type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let monitor: Caller;
let pilot: Caller;
let other: Caller;
let auditor: Caller;

beforeAll(async () => {
  api = await createTestApi();
  monitor = await api.signIn("monitor", ["monitor"]);
  pilot = await api.signIn("pilot", ["pilot"]);
  other = await api.signIn("other-pilot", ["pilot"]);
  auditor = await api.signIn("auditor", ["auditor"]);
});
afterAll(() => api.close());

/** A flight on which one stall was flagged. */
async function seedFlight(operatorId: string | null = null) {
  const clueId = await api.seedClue({ kind: "drone", violation: "STALL" });
  const { flagId, sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: clueId } });
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId } });
  const flightId = clip.flightId ?? "";
  if (operatorId !== null) await api.deps.db.flight.update({ where: { id: flightId }, data: { operatorId } });
  return { flightId, clipId: clip.id, flagId };
}
const read = async (flightId: string, who = monitor) => {
  const answer = await who.call("GET", `/api/flights/${flightId}/checks`);
  return flightChecksSchema.parse(answer.json());
};
const checkOf = async (flightId: string, listId: string, checkId: string) =>
  (await read(flightId)).lists.find(({ id }) => id === listId)?.checks.find(({ id }) => id === checkId);
const say = (who: Caller, flightId: string, body: object) =>
  who.call("POST", `/api/flights/${flightId}/checks`, {
    listId: "street",
    checkId: "stall",
    answer: "clear",
    frame: null,
    note: null,
    answers: 0,
    ...body,
  });

test("one flight serves every list: flags stand beside the checks they are about and answer none of them", async () => {
  const { flightId, flagId } = await seedFlight();
  const view = await read(flightId);
  expect(view.lists.length).toBe(api.deps.profile.flightChecklists.items.length);
  expect(view).toMatchObject({ answered: 0, verified: false, mayAnswer: true });
  expect(await checkOf(flightId, "street", "stall")).toMatchObject({ flagIds: [flagId], hasRule: true, answer: null });
  expect(await checkOf(flightId, "river", "floating")).toMatchObject({ flagIds: [], hasRule: false, answer: null });
});

test("an answer is a row more: the newest counts, the old one stays, who said it is on record and in the custody log", async () => {
  const { flightId, clipId } = await seedFlight();
  expect((await say(pilot, flightId, { note: "云遮" })).statusCode).toBe(200);
  const found = { answer: "found", frame: { clipId, offsetMs: 1_000 }, answers: 1 };
  expect((await say(monitor, flightId, found)).statusCode).toBe(200);
  expect((await checkOf(flightId, "street", "stall"))?.answer).toMatchObject({
    answer: "found",
    frame: { clipId, offsetMs: 1_000 },
    by: monitor.person.name,
  });
  expect(await api.deps.db.flightCheckAnswer.count({ where: { flightId } })).toBe(2);
  expect(await api.deps.db.custody.count({ where: { subject: `flight:${flightId}`, action: "flight.checked" } })).toBe(
    2,
  );
  await expect(
    api.deps.db.flightCheckAnswer.updateMany({ where: { flightId }, data: { answer: "clear" } }),
  ).rejects.toThrow();
  const listed = flightsSchema.parse((await monitor.call("GET", "/api/flights")).json());
  expect(listed.items.find(({ id }) => id === flightId)?.checks.answered).toBe(1);
});

test("what was found needs its picture, of this flight; an unknown check, a page that is behind and others' flights are refused", async () => {
  const { flightId, clipId } = await seedFlight(pilot.person.id);
  const strange = await seedFlight();
  const tries = [
    [pilot, { answer: "found" }, 400],
    [pilot, { answer: "found", frame: { clipId: strange.clipId, offsetMs: 0 } }, 400],
    [pilot, { answer: "found", frame: { clipId, offsetMs: 99_999_999 } }, 400],
    [pilot, { checkId: "nothing" }, 404],
    [pilot, { answers: 5 }, 409],
    [other, {}, 404],
    [auditor, {}, 403],
  ] as const;
  for (const [who, body, status] of tries)
    expect((await say(who, flightId, body)).statusCode, JSON.stringify(body)).toBe(status);
  expect((await other.call("GET", `/api/flights/${flightId}/checks`)).statusCode).toBe(404);
  expect((await read(flightId, auditor)).mayAnswer).toBe(false);
  const [first, second] = await Promise.all([say(pilot, flightId, {}), say(monitor, flightId, {})]);
  expect([first.statusCode, second.statusCode].sort()).toEqual([200, 409]);
  expect(await api.deps.db.flightCheckAnswer.count({ where: { flightId } })).toBe(1);
});

test("a pilot looks at pictures of the own flights, and of no other recording", async () => {
  const own = await seedFlight(pilot.person.id);
  const still = (who: Caller, clipId: string) => who.call("GET", `/api/clips/${clipId}/still?offsetMs=0`);
  // its bytes are no film here: that is said only to whom they are shown
  expect((await still(pilot, own.clipId)).json()).toMatchObject({ code: "MEDIA_REFUSED" });
  expect((await still(other, own.clipId)).statusCode).toBe(404);
  const fixed = await api.seedClue({});
  const { sourceId } = await api.deps.db.clue.findUniqueOrThrow({ where: { id: fixed } });
  const clip = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId } });
  expect((await still(pilot, clip.id)).statusCode).toBe(404);
});

test("who flies and keeps base data may not browse the flights of others, and monitoring staff of another district answer nothing", async () => {
  const both = await api.signIn("pilot-and-admin", ["pilot", "administrator"]);
  const { flightId, clipId } = await seedFlight(pilot.person.id);
  for (const path of [
    `/api/flights/${flightId}/checks`,
    `/api/flights/${flightId}/ground`,
    `/api/clips/${clipId}/still?offsetMs=0`,
  ])
    expect((await both.call("GET", path)).statusCode, path).toBe(404);
  expect((await say(both, flightId, {})).statusCode).toBe(404);
  const listed = flightsSchema.parse((await both.call("GET", "/api/flights")).json());
  expect(listed.items.map(({ id }) => id)).not.toContain(flightId);
  const [here, there] = api.deps.profile.districts.items.map(({ id }) => id);
  const { sourceId } = await api.deps.db.flight.findUniqueOrThrow({ where: { id: flightId } });
  await api.deps.db.source.update({ where: { id: sourceId }, data: { district: here ?? null } });
  const outsider = await api.signIn("monitor-elsewhere", ["monitor"], { districts: [there ?? ""] });
  expect((await say(outsider, flightId, {})).json()).toMatchObject({ code: "WRONG_DISTRICT" });
});

test("a pilot may say that a flight served some lists only", async () => {
  const { flightId } = await seedFlight();
  const listed = flightsSchema.parse((await pilot.call("GET", "/api/flights")).json());
  const flight = listed.items.find(({ id }) => id === flightId);
  const { by: _by, at: _at, ...statement } = flight?.statement ?? { by: null, at: "" };
  const body = { ...statement, checklists: ["river"], statements: flight?.statements ?? 0 };
  expect((await pilot.call("POST", `/api/flights/${flightId}/statements`, body)).statusCode).toBe(200);
  expect((await read(flightId)).lists.map(({ id }) => id)).toEqual(["river"]);
});
