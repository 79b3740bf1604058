import type { ClueDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { openClues } from "./open-clues.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;

let api: TestApi;
let tech: Caller;

beforeAll(async () => {
  api = await createTestApi();
  tech = await api.signIn("tech", ["technical_reviewer"]);
});
afterAll(() => api.close());

const minuteMs = 60_000;
const start = Date.parse("2026-11-20T01:00:00Z");
const minutes = (count: number) => new Date(start + count * minuteMs);
const newPlace = () => `合并路${crypto.randomUUID().slice(0, 8)}号`;
const clueOf = (id: string) => api.deps.db.clue.findUniqueOrThrow({ where: { id } });
const detailOf = async (id: string): Promise<ClueDetail> => (await tech.call("GET", `/api/clues/${id}`)).json();
const reject = (id: string, reasonCode = "loading") =>
  tech.call("POST", `/api/clues/${id}/events`, { event: "tech_fail", version: 1, reasonCode });

test("a drone that sees the same place joins the camera's record, with its own times, kind, pictures and hashes", async () => {
  const place = newPlace();
  const camera = await api.seedClue({ place });
  const drone = await api.seedClue({ place, kind: "drone", from: minutes(25) });
  const detail = await detailOf(camera);
  expect(detail.joined).toMatchObject({ total: 1, from: minutes(0).toISOString(), to: minutes(26).toISOString() });
  const [sighting] = detail.joined.items;
  expect(sighting).toMatchObject({
    clueId: drone,
    sourceKind: "drone",
    evidenceMode: "CLUE_ONLY",
    from: minutes(25).toISOString(),
    to: minutes(26).toISOString(),
  });
  expect(sighting?.sourceId).not.toBe(detail.sourceId);
  expect(sighting?.evidence.map((item) => item.kind)).toEqual(["wide", "close", "during", "after"]);
  const original = await api.deps.db.clip.findFirstOrThrow({ where: { sourceId: sighting?.sourceId ?? "" } });
  for (const item of sighting?.evidence ?? []) expect(item.parentSha256).toBe(original.sha256);
  // The record itself keeps its own times and originals: what joined is no evidence of it.
  expect(detail).toMatchObject({ from: minutes(0).toISOString(), to: minutes(1).toISOString() });
  expect(detail.clips.map((clip) => clip.sha256)).not.toContain(original.sha256);
  expect(await detailOf(drone)).toMatchObject({
    mergedInto: { clueId: camera, sourceName: detail.sourceName, state: "TECH_REVIEW" },
    joined: { total: 0 },
  });
});

test("after a person has closed the clue, the next flag at the place opens a new one", async () => {
  const place = newPlace();
  const first = await api.seedClue({ place });
  expect((await reject(first)).json()).toMatchObject({ state: "REJECTED" });
  const second = await api.seedClue({ place, from: minutes(10) });
  expect(await clueOf(second)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
  const third = await api.seedClue({ place, from: minutes(20) });
  expect(await clueOf(third)).toMatchObject({ state: "MERGED", mergedIntoId: second });
  expect((await detailOf(first)).joined.total).toBe(0);
});

test("sightings twenty hours apart are one act for as long as nobody decides; a gap of two days begins another", async () => {
  const place = newPlace();
  const first = await api.seedClue({ place });
  for (const hours of [20, 40, 60]) {
    const id = await api.seedClue({ place, from: minutes(hours * 60) });
    expect(await clueOf(id)).toMatchObject({ mergedIntoId: first });
  }
  const later = await api.seedClue({ place, from: minutes(108 * 60 + 2) });
  expect(await clueOf(later)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
});

test("a flag that still goes on draws a later sighting to its record, though the record's own times are fixed", async () => {
  const place = newPlace();
  const first = await api.seedClue({ place });
  await api.deps.db.clue.update({ where: { id: first }, data: { state: "ON_SITE_CHECK" } });
  const { flagId } = await clueOf(first);
  await api.deps.db.flag.update({ where: { id: flagId }, data: { to: minutes(70 * 60), ended: false } });
  const drone = await api.seedClue({ place, kind: "drone", from: minutes(69 * 60) });
  expect(await clueOf(drone)).toMatchObject({ mergedIntoId: first });
});

test("another place or another violation never joins", async () => {
  const place = newPlace();
  await api.seedClue({ place });
  expect(await clueOf(await api.seedClue({ place: newPlace() }))).toMatchObject({ mergedIntoId: null });
  expect(await clueOf(await api.seedClue({ place, violation: "STALL" }))).toMatchObject({ mergedIntoId: null });
});

test("trucks one after another are clues of their own; one truck seen by two cameras at once is one", async () => {
  const place = newPlace();
  const gate = { place, violation: "TRUCK_UNCOVERED" };
  const first = await api.seedClue(gate);
  const other = await api.seedClue({ ...gate, from: new Date(start + 30_000) });
  expect(await clueOf(other)).toMatchObject({ mergedIntoId: first });
  const next = await api.seedClue({ ...gate, from: new Date(start + 75_000) });
  expect(await clueOf(next)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
});

test("two trucks in one camera's gate at once are two acts, and so are two cars on one pavement; goods there are one", async () => {
  const gate = { place: newPlace(), violation: "TRUCK_UNCOVERED", sourceId: "gate-cam" };
  const parked = { place: newPlace(), violation: "SIDEWALK_PARK", sourceId: "kerb-cam" };
  const goods = { place: newPlace(), violation: "CROSS_DOOR", sourceId: "shop-cam" };
  for (const act of [gate, parked]) {
    await api.seedClue(act);
    const second = await api.seedClue({ ...act, from: new Date(start + 5_000) });
    expect(await clueOf(second)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
  }
  const first = await api.seedClue(goods);
  expect(await clueOf(await api.seedClue({ ...goods, from: new Date(start + 5_000) }))).toMatchObject({
    mergedIntoId: first,
  });
});

test("of flags of one act that two processes take up at once exactly one becomes the clue", async () => {
  const place = newPlace();
  const ids = await Promise.all(Array.from({ length: 4 }, (_, index) => api.seedClue({ place, from: minutes(index) })));
  await Promise.all([openClues(api.deps), openClues(api.deps)]);
  const clues = await Promise.all(ids.map(clueOf));
  expect(clues.filter((clue) => clue.state === "TECH_REVIEW")).toHaveLength(1);
  const [main] = clues.filter((clue) => clue.state === "TECH_REVIEW");
  expect(clues.filter((clue) => clue.mergedIntoId === main?.id)).toHaveLength(3);
});

test("a sighting that arrives while the verdict is given is either in the closed record or a new one, never lost in between", async () => {
  for (let round = 0; round < 5; round++) {
    const place = newPlace();
    const first = await api.seedClue({ place });
    const [verdict, second] = await Promise.all([reject(first), api.seedClue({ place, from: minutes(10) })]);
    expect(verdict.json()).toMatchObject({ state: "REJECTED" });
    const entries = await api.deps.db.custody.findMany({
      where: {
        OR: [
          { subject: `clue:${second}`, action: "clue.opened" },
          { subject: `clue:${first}`, action: "clue.moved" },
        ],
      },
      orderBy: { seq: "asc" },
    });
    const joined = (await clueOf(second)).state === "MERGED";
    expect(entries.map((entry) => entry.action)).toEqual(
      joined ? ["clue.opened", "clue.moved"] : ["clue.moved", "clue.opened"],
    );
  }
});
