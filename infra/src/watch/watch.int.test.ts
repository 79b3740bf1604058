import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../free-port.ts";
import { createLog } from "../log.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { openWatchPort, watchPaths } from "./index.ts";

let database: TestDatabase;
const stops: (() => unknown)[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await database.drop();
});

async function open(db: Pick<TestDatabase["db"], "$queryRaw"> = database.db, fails = false) {
  const port = await freePort();
  let isStopping = false;
  const watch = await openWatchPort({
    environment: { MINGCHA_WATCH_PORT: port, MINGCHA_WATCH_HOST: "127.0.0.1" },
    db,
    log: createLog("test", "silent"),
    lifecycle: { onStop: (_name, stop) => void stops.push(stop), stopping: () => isStopping },
    figures: async () => {
      if (fails) throw new Error("no database");
      return [{ name: "mingcha_x", help: "x", samples: [{ value: 3 }] }];
    },
  });
  const ask = async (path: string, method = "GET") => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return { status: answer.status, body: await answer.text() };
  };
  return {
    watch,
    ask,
    port,
    stopping: () => {
      isStopping = true;
    },
  };
}

test("a process is alive at once, ready when it says so, and not ready any more while it stops", async () => {
  const { watch, ask, stopping } = await open();
  expect((await ask(watchPaths.live)).status).toBe(200);
  expect(await ask(watchPaths.ready)).toEqual({ status: 503, body: "starting\n" });
  watch.ready();
  expect((await ask(watchPaths.ready)).status).toBe(200);
  stopping();
  expect(await ask(watchPaths.ready)).toEqual({ status: 503, body: "stopping\n" });
  expect((await ask(watchPaths.live)).status).toBe(200);
});

test("a database that does not answer makes a process not ready, not dead", async () => {
  const { watch, ask } = await open({ $queryRaw: (() => Promise.reject(new Error("gone"))) as never });
  watch.ready();
  expect((await ask(watchPaths.ready)).status).toBe(503);
  expect((await ask(watchPaths.live)).status).toBe(200);
});

test("figures are the process's own and how far its clock is off; what cannot be read is an error, never zeros", async () => {
  const { ask } = await open();
  const { status, body } = await ask(watchPaths.figures);
  expect(status).toBe(200);
  expect(body).toContain("\nmingcha_x 3\n");
  expect(Math.abs(Number(/^mingcha_clock_ahead_seconds (\S+)$/m.exec(body)?.[1]))).toBeLessThan(5);
  expect(await (await open(database.db, true)).ask(watchPaths.figures)).toEqual({
    status: 503,
    body: "figures cannot be read now\n",
  });
});

test("nothing else is answered, a port that is taken is said, and without the variable none is opened", async () => {
  const { ask, port } = await open();
  expect((await ask("/api/session")).status).toBe(404);
  expect((await ask(watchPaths.figures, "POST")).status).toBe(405);
  const options = {
    db: database.db,
    log: createLog("test", "silent"),
    lifecycle: { onStop: () => undefined, stopping: () => false },
  };
  const environment = { MINGCHA_WATCH_PORT: port, MINGCHA_WATCH_HOST: "127.0.0.1" };
  await expect(openWatchPort({ ...options, environment })).rejects.toThrow(/MINGCHA_WATCH_PORT \d+ cannot be opened/);
  const none = { MINGCHA_WATCH_PORT: undefined, MINGCHA_WATCH_HOST: "127.0.0.1" };
  expect(await openWatchPort({ ...options, environment: none })).toHaveProperty("ready");
});
