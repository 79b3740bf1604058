import { technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, passed, type TestApi } from "../testing/test-api.ts";
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

describe("each vehicle is an offender of its own", () => {
  const at = (second: number) => new Date(start + second * 1_000);
  const kerb = () => ({ place: newPlace(), violation: "SIDEWALK_PARK" });
  const hintsOf = async (id: string) => (await detailOf(id)).perhapsSame.map(({ clueId }) => clueId).sort();
  const readingsOf = (plate: string) => {
    const reading = { detection: 0, attribute: "plate", value: plate, outcome: "judged", confidence: 0.99 };
    return { items: [{ ...reading, modelId: null, modelSha256: null, plate: null }] };
  };
  const readPlate = async (id: string, plate: string) => {
    const { flagId } = await clueOf(id);
    await api.deps.db.flag.update({ where: { id: flagId }, data: { readings: readingsOf(plate) } });
  };
  /** Flags of one source that are all there before any is taken up, in this order; the ids of their clues. */
  const seedTogether = async (
    act: { place: string; violation: string; sourceId: string },
    seconds: number[],
    plate?: string,
  ) => {
    const { db } = api.deps;
    // a flag elsewhere makes the source and its scene
    const { flagId } = await clueOf(await api.seedClue({ ...act, place: newPlace() }));
    const made = await db.flag.findUniqueOrThrow({ where: { id: flagId } });
    const { sourceId, sceneId, ruleKey, violation, zoneId, dwellS, score, modelId, modelSha256 } = made;
    const same = { sourceId, sceneId, ruleKey, violation, zoneId, dwellS, score, modelId, modelSha256 };
    const ids: string[] = [];
    for (const [index, second] of seconds.entries()) {
      const flag = await db.flag.create({
        data: {
          ...same,
          place: act.place,
          from: at(second),
          to: at(second + 60),
          ended: true,
          ordinal: index + 10,
          boxNorm: [0.2, 0.2, 0.2, 0.2],
          intervals: [],
          trace: [],
          ...(plate === undefined ? {} : { readings: readingsOf(plate) }),
        },
      });
      ids.push(flag.id);
    }
    await openClues(api.deps);
    const clueOfFlag = (id: string) => db.clue.findUniqueOrThrow({ where: { flagId: id } });
    return Promise.all(ids.map(async (id) => (await clueOfFlag(id)).id));
  };

  test("of three cars of a second camera that stood there together none is hidden in the first camera's records", async () => {
    const parked = kerb();
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    const a2 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a`, from: at(5) });
    for (const second of [1, 6, 9]) {
      const id = await api.seedClue({ ...parked, sourceId: `${parked.place}-b`, from: at(second) });
      expect(await clueOf(id)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
      expect(await hintsOf(id)).toEqual([a1, a2].sort());
    }
    expect(await hintsOf(a1)).toHaveLength(3);
  });

  test("cars that came one after another join each its own record, one that the first camera did not see stays", async () => {
    const parked = kerb();
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    const a2 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a`, from: at(40) });
    const ids = await seedTogether({ ...parked, sourceId: `${parked.place}-b` }, [1, 41, 90]);
    const joined = await Promise.all(ids.map(clueOf));
    expect(joined.map(({ state, mergedIntoId }) => [state, mergedIntoId])).toEqual([
      ["MERGED", a1],
      ["MERGED", a2],
      ["TECH_REVIEW", null],
    ]);
    // the second camera saw both at once and one is in the record: the other is another
    expect(await hintsOf(joined[2]?.id ?? "")).toEqual([]);
  });

  test("of two cars that nothing tells apart neither is taken for the one that the other camera saw, in any order", async () => {
    for (const order of [
      [0, 4],
      [4, 0],
    ]) {
      const parked = kerb();
      const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a`, from: at(2) });
      const beside = await seedTogether({ ...parked, sourceId: `${parked.place}-b` }, order);
      for (const id of beside) {
        expect(await clueOf(id)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
        expect(await hintsOf(id)).toEqual([a1]);
      }
    }
  });

  test("a record takes one sighting of a source, also under two names at once", async () => {
    const [parked, renamed] = [kerb(), kerb()];
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    const corrected = await tech.call("POST", `/api/clues/${a1}/events`, {
      event: "tech_pass",
      version: 1,
      checklist: passed(technicalQuestions),
      corrections: [{ field: "place", value: renamed.place, reasonCode: "misread", note: "门牌看错" }],
    });
    expect(corrected.json()).toMatchObject({ state: "LEGAL_REVIEW" });
    await api.seedClue({ ...kerb(), sourceId: `${parked.place}-b` });
    const ids = await Promise.all(
      [parked, renamed].map((act, index) =>
        api.seedClue({ ...act, sourceId: `${parked.place}-b`, from: at(1 + index) }),
      ),
    );
    const clues = await Promise.all(ids.map(clueOf));
    expect(clues.map(({ mergedIntoId }) => mergedIntoId).sort()).toEqual([a1, null].sort());
  });

  test("two plates never join, whatever the times; a plate tells cars apart that stood there together", async () => {
    const parked = kerb();
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    const a2 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a`, from: at(1) });
    await readPlate(a1, "沪A12345");
    await readPlate(a2, "沪B12345");
    const [b1 = ""] = await seedTogether({ ...parked, sourceId: `${parked.place}-b` }, [3], "沪B12345");
    expect(await clueOf(b1)).toMatchObject({ state: "MERGED", mergedIntoId: a2 });
    const [c1 = ""] = await seedTogether({ ...parked, sourceId: `${parked.place}-c` }, [0], "沪C67890");
    expect(await clueOf(c1)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
    expect(await hintsOf(c1)).toEqual([]);
  });

  test("a sighting whose plate is read after it was joined, and is another, becomes a record of its own with its custody", async () => {
    const parked = kerb();
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    const b1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-b`, from: at(2) });
    const c1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-c`, from: at(1) });
    for (const [id, plate] of [
      [a1, "沪A12345"],
      [b1, "沪B12345"],
      [c1, "沪A12345"],
    ] as const) {
      expect((await clueOf(id)).mergedIntoId).toBe(id === a1 ? null : a1);
      await readPlate(id, plate);
    }
    const { version } = await clueOf(b1);
    // the sweep of every second, then that of all open records: the second finds nothing left
    await openClues(api.deps, new Date(Date.now() - 60_000));
    await openClues(api.deps);
    expect(await clueOf(b1)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null, version: version + 1 });
    expect(await clueOf(c1)).toMatchObject({ state: "MERGED", mergedIntoId: a1 });
    const parted = await api.deps.db.custody.findMany({ where: { subject: `clue:${b1}`, action: "clue.parted" } });
    const details = parted.map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")).detail);
    expect(details).toEqual([{ state: "TECH_REVIEW", partedFrom: a1 }]);
  });

  test("so does one whose record a reviewer corrects to another plate", async () => {
    const parked = kerb();
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    const [b1 = ""] = await seedTogether({ ...parked, sourceId: `${parked.place}-b` }, [2], "沪B12345");
    expect((await clueOf(b1)).mergedIntoId).toBe(a1);
    const corrections = [{ field: "attribute.plate", value: "沪A12345", reasonCode: "misread", note: "见近景" }];
    const body = { event: "tech_pass", version: 1, checklist: passed(technicalQuestions), corrections };
    expect((await tech.call("POST", `/api/clues/${a1}/events`, body)).json()).toMatchObject({ state: "LEGAL_REVIEW" });
    await openClues(api.deps);
    expect(await clueOf(b1)).toMatchObject({ state: "TECH_REVIEW", mergedIntoId: null });
    // a character apart may be a misread one: both pages ask
    expect(await hintsOf(b1)).toEqual([a1]);
  });

  test("not so one that was misread as its record was: the correction is of both", async () => {
    const parked = kerb();
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    await readPlate(a1, "沪B12345");
    const [b1 = ""] = await seedTogether({ ...parked, sourceId: `${parked.place}-b` }, [2], "沪B12345");
    const corrections = [{ field: "attribute.plate", value: "沪A12345", reasonCode: "misread", note: "见近景" }];
    const body = { event: "tech_pass", version: 1, checklist: passed(technicalQuestions), corrections };
    expect((await tech.call("POST", `/api/clues/${a1}/events`, body)).json()).toMatchObject({ state: "LEGAL_REVIEW" });
    await openClues(api.deps);
    expect(await clueOf(b1)).toMatchObject({ state: "MERGED", mergedIntoId: a1 });
  });

  test("what a person has closed takes no sighting, and is named as perhaps the same", async () => {
    const parked = kerb();
    const a1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-a` });
    expect((await reject(a1)).json()).toMatchObject({ state: "REJECTED" });
    const b1 = await api.seedClue({ ...parked, sourceId: `${parked.place}-b` });
    expect(await detailOf(b1)).toMatchObject({
      state: "TECH_REVIEW",
      perhapsSame: [{ clueId: a1, state: "REJECTED" }],
    });
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
