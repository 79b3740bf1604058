import { prefixOf } from "@mingcha/models/dock";
import type { DockDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

let api: TestApi;
let monitor: Awaited<ReturnType<TestApi["signIn"]>>;
beforeAll(async () => {
  api = await createTestApi();
  monitor = await api.signIn("monitor-r", ["monitor"]);
});
afterAll(() => api.close());

let next = 0;
async function makeDock(): Promise<string> {
  const sn = `7CTDM3A00E${String(++next).padStart(4, "0")}`;
  await api.deps.db.dock.create({ data: { sn, name: "世纪大道机场", bindingCode: "X" } });
  return sn;
}
const view = async (sn: string) => (await monitor.call("GET", `/api/docks/${sn}`)).json() as DockDetail;

test("whatever awaits a person is reached: old flights and objects of none before the newest, the oldest first where they are too many, and what is not listed is told", async () => {
  const { db } = api.deps;
  const sn = await makeDock();
  const { id: personId } = await db.person.findFirstOrThrow({ where: { login: "monitor-r" } });
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 1) + minutes * 60_000);
  const names = (count: number, mark: string) =>
    Array.from({ length: count }, (_, nth) => `${mark}${String(nth).padStart(3, "0")}`);
  const close = (rows: readonly { id: string }[]) =>
    db.dockFileDecision.createMany({
      data: rows.map(({ id: fileId }) => ({
        fileId,
        ordinal: 1,
        attempt: 1,
        step: "close",
        cause: "other",
        reason: "不需要",
        state: "mismatch",
        personId,
      })),
    });
  const fly = (flightIds: readonly string[], from: number) =>
    db.dockFlight.createMany({
      data: flightIds.map((flightId, nth) => ({
        sn,
        flightId,
        firstSeenAt: at(from + nth),
        lastSeenAt: at(from + nth),
      })),
    });
  const add = (rows: readonly { name: string; flightId: string | null }[], from: number) =>
    db.dockFile.createManyAndReturn({
      data: rows.map(({ name, flightId }, nth) => ({
        sn,
        flightId,
        name,
        objectKey: `${prefixOf(sn)}${flightId ?? "none"}/${name}`,
        foundBy: "sweep",
        state: "mismatch",
        reasonCode: "empty",
        foundAt: at(from + nth),
      })),
    });
  const listed = async () => {
    const { flights, flightsOpenMore, strays, straysMore, straysOpenMore, awaiting } = await view(sn);
    return {
      flights: flights.map(({ flightId }) => flightId),
      strays: strays.map(({ name }) => name),
      rest: [flightsOpenMore, straysMore, straysOpenMore],
      awaiting,
    };
  };
  // two old ones that await somebody lie behind sixty newer ones
  const [old, newer] = [names(2, "old"), names(60, "new")];
  await fly(old, 0);
  await fly(newer, 100);
  await add(
    old.map((flightId) => ({ name: "a.mp4", flightId })),
    0,
  );
  await add([{ name: "awaited", flightId: null }], 0);
  await close(
    await add(
      names(70, "closed").map((name) => ({ name, flightId: null })),
      100,
    ),
  );
  const few = await listed();
  expect(few.flights).toEqual([...newer.slice(12).reverse(), ...[...old].reverse()]);
  expect(few.strays).toEqual(["awaited", ...names(70, "closed").slice(21).reverse()]);
  expect(few).toMatchObject({ rest: [0, 21, 0], awaiting: 3 });
  // more than are listed: the oldest come first, and room is left for the newest
  const crowd = names(60, "crowd");
  await fly(crowd, 1_000);
  await add(
    crowd.map((flightId) => ({ name: "a.mp4", flightId })),
    1_000,
  );
  await add(
    names(60, "stray").map((name) => ({ name, flightId: null })),
    1_000,
  );
  const many = await listed();
  expect(many.flights).toHaveLength(50);
  expect(many.flights).toEqual(expect.arrayContaining([...old, ...crowd.slice(0, 38), ...crowd.slice(50)]));
  expect(many.strays).toEqual(["awaited", ...names(60, "stray").slice(0, 49)]);
  expect(many.rest).toEqual([12, 131 - 50, 11]);
  // what is done makes room
  await close(await db.dockFile.findMany({ where: { sn, flightId: { in: old } }, select: { id: true } }));
  const next = await listed();
  expect(next.flights).toEqual(expect.arrayContaining(crowd.slice(0, 40)));
  expect(next.rest[0]).toBe(10);
});

test("of a flight's files those that await a person come before hundreds that only have a remark", async () => {
  const { db } = api.deps;
  const sn = await makeDock();
  await db.dockFlight.create({ data: { sn, flightId: "f1" } });
  const { id: intakeId } = await db.intake.create({
    data: {
      via: "dock",
      fileName: "a.mp4",
      stagedPath: "",
      dedupeKey: `dock:${sn}`,
      sizeBytes: 1n,
      state: "DUPLICATE",
    },
  });
  const add = (count: number, mark: string, more: object) =>
    db.dockFile.createMany({
      data: Array.from({ length: count }, (_, nth) => {
        const name = `${mark}${String(nth).padStart(3, "0")}.mp4`;
        return { sn, flightId: "f1", name, objectKey: `${prefixOf(sn)}f1/${name}`, foundBy: "notice", ...more };
      }),
    });
  await add(510, "a", { state: "taken", intakeId });
  await add(3, "z", { state: "missing" });
  const [flight] = (await view(sn)).flights;
  expect(flight?.files.slice(0, 4).map(({ name }) => name)).toEqual(["z000.mp4", "z001.mp4", "z002.mp4", "a000.mp4"]);
});
