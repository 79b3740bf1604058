import { connect } from "node:net";
import { type Database, openDatabase } from "@mingcha/infra/db";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createFlagPlacing } from "../flights/place-flags.ts";
import { openStream } from "../testing/read-stream.ts";
import { seedDroneRecord } from "../testing/seed-drone-record.ts";
import { createTestApi, type TestApi } from "../testing/test-api.ts";
import { streamsPerPersonMax } from "./hub.ts";

let api: TestApi;
let url: string;
let other: Database;
const open: Awaited<ReturnType<typeof openStream>>[] = [];

beforeAll(async () => {
  api = await createTestApi();
  other = openDatabase(api.deps.databaseUrl, 1);
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()));
});
afterAll(async () => {
  await other.$disconnect();
  await api.close();
});

async function stream(token: string, lastEventId?: string) {
  const opened = await openStream(url, token, lastEventId);
  open.push(opened);
  return opened;
}

/** What another process would do: commits through a connection of its own. */
async function elsewhere(sql: string, ...values: unknown[]): Promise<void> {
  await other.$executeRawUnsafe(sql, ...values);
}

test("a flag that becomes a clue, its being moved by another process and a clip that was looked at are told as they are committed, with ids and states alone", async () => {
  const monitor = await api.signIn("hears", ["monitor"]);
  const page = await stream(monitor.token);
  expect(page.headers["content-type"]).toMatch(/text\/event-stream/);
  expect(page.headers["content-security-policy"]).toMatch(/default-src 'self'/);
  await page.nextOf("hello");
  const id = await api.seedClue({ sourceId: "told-cam" });
  await page.changeOf({ kind: "clue", id, change: "opened", state: "TECH_REVIEW", sourceId: "told-cam" });
  await elsewhere(`update clue set state = 'REJECTED' where id = $1::uuid`, id);
  const moved = await page.changeOf({ kind: "clue", id, change: "moved" });
  expect(moved.data).toEqual({ kind: "clue", id, change: "moved", state: "REJECTED", sourceId: "told-cam" });
  await elsewhere(`update clip set state = 'STORED' where source_id = 'told-cam'`);
  await page.changeOf({ kind: "source", sourceId: "told-cam" });
});

test("a flag's place on the ground is told when it is known, by its clue, and again when it is another", async () => {
  const monitor = await api.signIn("hears-place", ["monitor"]);
  const { clueId, flagId, sourceId } = await seedDroneRecord(api, {});
  const page = await stream(monitor.token);
  await page.nextOf("hello");
  await createFlagPlacing(api.deps)();
  await page.changeOf({ kind: "clue", id: clueId, change: "placed", sourceId });
  await elsewhere(`update flag_place set longitude = longitude where flag_id = $1::uuid`, flagId);
  await elsewhere(`update clue set state = 'REJECTED' where id = $1::uuid`, clueId);
  await page.changeOf({ id: clueId, change: "moved" });
  const told = page.changes().filter(({ kind, id }) => kind === "clue" && id === clueId);
  expect(told.map((change) => change.change)).toEqual(["placed", "placed", "moved"]);
});

test("what is rolled back is not told", async () => {
  const monitor = await api.signIn("rolled", ["monitor"]);
  const id = await api.seedClue();
  const page = await stream(monitor.token);
  await page.nextOf("hello");
  await other
    .$transaction(async (tx) => {
      await tx.$executeRawUnsafe("update clue set state = 'REJECTED' where id = $1::uuid", id);
      throw new Error("undone");
    })
    .catch(() => undefined);
  await elsewhere(`update clue set state = 'LEGAL_REVIEW' where id = $1::uuid`, id);
  await page.changeOf({ id, change: "moved" });
  expect(page.changes().filter((change) => change.id === id)).toEqual([
    expect.objectContaining({ state: "LEGAL_REVIEW" }),
  ]);
});

test("a pilot, who may not browse records, hears of sources and of no clue; a stranger hears nothing", async () => {
  const pilot = await api.signIn("pilot-hears", ["pilot"]);
  const page = await stream(pilot.token);
  await page.nextOf("hello");
  await api.seedClue({ sourceId: "pilot-cam" });
  await elsewhere(`update source set place = '另一处' where id = 'pilot-cam'`);
  await page.changeOf({ kind: "source", sourceId: "pilot-cam" });
  expect(page.changes().filter(({ kind }) => kind === "clue")).toEqual([]);
  expect((await stream("no such session")).status).toBe(401);
});

test("a page whose stream broke goes on where it was; from another process it is asked to start anew", async () => {
  const monitor = await api.signIn("resumes", ["monitor"]);
  const first = await stream(monitor.token);
  await first.nextOf("hello");
  const id = await api.seedClue();
  const told = await first.changeOf({ id, change: "opened" });
  await first.close();
  const witness = await stream((await api.signIn("witness", ["monitor"])).token);
  await witness.nextOf("hello");
  await elsewhere(`update clue set state = 'REJECTED' where id = $1::uuid`, id);
  await witness.changeOf({ id, change: "moved" });
  const again = await stream(monitor.token, told.id);
  expect((await again.nextOf("hello")).data).toEqual({ resumed: true });
  await again.changeOf({ id, change: "moved" });
  expect(again.changes().filter((change) => change.id === id && change.change === "opened")).toEqual([]);
  const foreign = await stream(monitor.token, "another.7");
  expect((await foreign.nextOf("hello")).data).toEqual({ resumed: false });
});

test("signing out, being disabled and losing a duty reach an open stream at once", async () => {
  const leaver = await api.signIn("leaver", ["monitor"]);
  const disabled = await api.signIn("disabled", ["monitor"]);
  const changed = await api.signIn("changed", ["monitor"]);
  const [a, b, c] = [await stream(leaver.token), await stream(disabled.token), await stream(changed.token)];
  await Promise.all([a.nextOf("hello"), b.nextOf("hello"), c.nextOf("hello")]);
  await leaver.call("DELETE", "/api/session");
  expect((await a.nextOf("end")).data).toEqual({ reason: "session" });
  await a.ended();
  await elsewhere("update person set disabled_at = now() where login = 'disabled'");
  await b.nextOf("end");
  await b.ended();
  await elsewhere("update person set duties = '{pilot}' where login = 'changed'");
  // the next thing told after the duty is gone says nothing of clues
  const witness = await stream((await api.signIn("duty-witness", ["monitor"])).token);
  await witness.nextOf("hello");
  await api.deps.db.person.findFirst();
  let heard = 0;
  do {
    const id = await api.seedClue({ sourceId: "duty-cam" });
    await witness.changeOf({ id });
    const seen = c.changes().filter((change) => change.kind === "clue").length;
    if (seen === heard) break;
    heard = seen;
  } while (heard < 20);
  expect(heard).toBeLessThan(20);
});

test("when its database connection is killed pages are told since when nothing is heard, and it comes back by itself", async () => {
  const monitor = await api.signIn("survives", ["monitor"]);
  const page = await stream(monitor.token);
  await page.nextOf("hello");
  await elsewhere(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mingcha-changes' and datname = current_database()",
  );
  const lost = await page.nextOf("lost");
  expect(Date.parse((lost.data as { since: string }).since)).not.toBeNaN();
  expect((await page.nextOf("hello", 2)).data).toEqual({ resumed: false });
  const id = await api.seedClue();
  await page.changeOf({ id, change: "opened" });
});

test("one person's windows that hear at once are bounded, and closing one makes room", async () => {
  const person = await api.signIn("many-windows", ["monitor"]);
  const windows = [];
  for (let n = 0; n < streamsPerPersonMax; n++) windows.push(await stream(person.token));
  expect((await stream(person.token)).status).toBe(429);
  const refused = await api.app.inject({
    url: "/api/events",
    cookies: { mingcha_sid: person.token },
    headers: { accept: "text/event-stream" },
  });
  expect(refused.json()).toMatchObject({ code: "TOO_MANY_STREAMS" });
  await windows[0]?.close();
  let status: number | undefined = 429;
  while (status === 429) status = (await stream(person.token)).status;
  expect(status).toBe(200);
});

test("a page that stops reading is dropped and not buffered for without end; others go on hearing", async () => {
  const deaf = await api.signIn("deaf", ["monitor"]);
  const reader = await stream((await api.signIn("reads", ["monitor"])).token);
  await reader.nextOf("hello");
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let gone = false;
  socket.on("close", () => {
    gone = true;
  });
  socket.on("error", () => undefined);
  socket.write(
    `GET /api/events HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncookie: mingcha_sid=${deaf.token}\r\n\r\n`,
  );
  socket.pause();
  await expect.poll(() => api.deps.live.countOf(deaf.person.id), { timeout: 20_000 }).toBe(1);
  const long = "y".repeat(7_000);
  for (let round = 0; round < 60 && api.deps.live.countOf(deaf.person.id) > 0; round++)
    await elsewhere(
      `select pg_notify('mingcha_changes', json_build_object('kind', 'source', 'sourceId', '${long}' || ${round} || '-' || i)::text) from generate_series(1, 200) i`,
    );
  await expect.poll(() => api.deps.live.countOf(deaf.person.id), { timeout: 20_000 }).toBe(0);
  socket.resume();
  await expect.poll(() => gone, { timeout: 20_000 }).toBe(true);
  const id = await api.seedClue();
  await reader.changeOf({ id, change: "opened" });
}, 120_000);

test("an address that streams says so to whoever asks otherwise", async () => {
  const monitor = await api.signIn("plain", ["monitor"]);
  expect((await monitor.call("GET", "/api/events")).json()).toMatchObject({ code: "BAD_INPUT" });
});

test("the server closes while pages are open, and their streams end", async () => {
  const stopping = await createTestApi();
  const address = await stopping.app.listen({ host: "127.0.0.1", port: 0 });
  const monitor = await stopping.signIn("at-the-end", ["monitor"]);
  const page = await openStream(address, monitor.token);
  await page.nextOf("hello");
  await stopping.close();
  await page.ended();
});
