import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@mingcha/models";
import { defineJob } from "@mingcha/models/jobs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createLog } from "../log.ts";
import { createTestDatabase, hasRedis, type RedisServer, startRedis, type TestDatabase } from "../testing/index.ts";
import { handle, openQueues, type Queues } from "./index.ts";

const log = createLog("test", "error");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const until = async (condition: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await sleep(50);
  expect(condition()).toBe(true);
};

/** The same promises on PostgreSQL and on Redis. */
function contract(options: () => { redisUrl: string | undefined }): void {
  let queues: Queues;
  beforeAll(async () => {
    queues = await openQueues({ databaseUrl: database.url, ...options(), log });
  });
  afterAll(() => queues.close());
  const jobOf = (queue: string) =>
    defineJob({ name: "count", queue, payload: z.object({ n: z.number() }), jobId: ({ n }) => `count-${n}` });

  test("every job that was rung is worked on, one ring at a time per id", async () => {
    const job = jobOf(`all-${crypto.randomUUID().slice(0, 8)}`);
    const seen: number[] = [];
    for (let n = 0; n < 30; n += 1) await queues.ring(job, { n: n % 10 });
    await queues.work(job.queue, [handle(job, async ({ n }) => void seen.push(n))], { concurrency: 4 });
    await until(() => seen.length >= 10);
    await sleep(300);
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("a doorbell can be rung again after its job has ended, well or badly", async () => {
    const job = jobOf(`again-${crypto.randomUUID().slice(0, 8)}`);
    let runs = 0;
    await queues.work(
      job.queue,
      [
        handle(job, async () => {
          runs += 1;
          if (runs === 1) throw new AppError("BAD_INPUT", { reason: "first time" });
        }),
      ],
      { concurrency: 1 },
    );
    await queues.ring(job, { n: 1 });
    await until(() => runs === 1);
    for (let tries = 0; tries < 300 && runs < 3; tries += 1) {
      await queues.ring(job, { n: 1 });
      await sleep(100);
    }
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  test("a payload of another shape never reaches the function", async () => {
    const queue = `wrong-${crypto.randomUUID().slice(0, 8)}`;
    const loose = defineJob({ name: "count", queue, payload: z.object({ n: z.unknown() }), jobId: () => "wrong" });
    let reached = false;
    let after = false;
    await queues.ring(loose, { n: "text" });
    await queues.work(
      queue,
      [
        handle(jobOf(queue), async ({ n }) => {
          if (n === 7) after = true;
          else reached = true;
        }),
      ],
      { concurrency: 1 },
    );
    await queues.ring(jobOf(queue), { n: 7 });
    await until(() => after);
    expect(reached).toBe(false);
  });

  test("two handlers for one job keep the process from starting", async () => {
    const job = jobOf("twice");
    await expect(
      queues.work("twice", [handle(job, async () => undefined), handle(job, async () => undefined)], {
        concurrency: 1,
      }),
    ).rejects.toThrow(/two handlers/);
  });
}

describe("queues on PostgreSQL", () => contract(() => ({ redisUrl: undefined })));

if (!hasRedis()) console.warn("Queues on Redis: not tested, redis-server was not found");

describe.runIf(hasRedis())("queues on Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis(tmpdir());
  });
  afterAll(() => server.stop());
  contract(() => ({ redisUrl: server.url }));

  test("a Redis that may throw jobs away is refused at start", async () => {
    const evicting = await startRedis(tmpdir(), undefined, "allkeys-lru");
    await expect(openQueues({ databaseUrl: database.url, redisUrl: evicting.url, log })).rejects.toThrow(/noeviction/);
    evicting.stop();
  });
});
