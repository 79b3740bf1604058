import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCustody } from "../src/custody/index.ts";
import { openDatabase } from "../src/db/index.ts";
import { freePort } from "../src/free-port.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/launcher/embedded-postgres.ts";
import {
  createRandom,
  hasMinio,
  hasRedis,
  type MinioServer,
  type RedisServer,
  startMinio,
  startRedis,
} from "../src/testing/index.ts";
import { makeClips } from "./make-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

const isTested = hasRedis() && hasMinio();
if (!isTested) console.warn(`Kills of every part: not tested, ${hasRedis() ? "minio" : "redis-server"} was not found`);

const clips = Number(process.env.MINGCHA_KILL_CLIPS ?? 40);
const clipS = 4;
const sourceId = "cam-shop-12";
/** Drawn from a seed, so that a run can be had again. */
const seed = Number(process.env.MINGCHA_KILL_SEED ?? 1);

describe.runIf(isTested)("every part killed at random", () => {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-kills-"));
  let redis: RedisServer | undefined;
  let s3: MinioServer | undefined;
  let postgres: EmbeddedPostgres;
  let postgresPort = 0;
  let system: RunningSystem;

  /** As root the cluster lies where the server's own user may go. */
  const postgresHome = () => {
    const note = join(folder, "postgres", "cluster-is-in");
    return existsSync(note) ? readFileSync(note, "utf8").trim() : join(folder, "postgres");
  };
  const postmaster = () =>
    Number(readFileSync(join(postgresHome(), "cluster", "postmaster.pid"), "utf8").split("\n")[0]);

  beforeAll(async () => {
    postgresPort = await freePort();
    postgres = await startEmbeddedPostgres(join(folder, "postgres"), { port: postgresPort });
    redis = await startRedis(folder);
    s3 = await startMinio(join(folder, "minio"));
    system = await startSystem({
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      S3_ENDPOINT: s3.endpoint,
      S3_ACCESS_KEY: s3.accessKey,
      S3_SECRET_KEY: s3.secretKey,
    });
  });
  afterAll(async () => {
    await system?.stop();
    redis?.stop();
    s3?.stop();
    await postgres?.stop();
    removeFolder(postgresHome());
    removeFolder(folder);
  });

  /** Kills a part as a power cut would, and has it back a moment later. */
  const kill: Record<string, (awayMs: number) => Promise<void>> = {
    postgres: async (awayMs) => {
      process.kill(postmaster(), "SIGKILL");
      await sleep(awayMs);
      // its children may hold its memory for a moment
      for (let tries = 0; ; tries += 1) {
        try {
          postgres = await startEmbeddedPostgres(join(folder, "postgres"), { port: postgresPort });
          return;
        } catch (error) {
          if (tries === 20) throw error;
          await sleep(500);
        }
      }
    },
    redis: async (awayMs) => {
      redis?.stop();
      await sleep(awayMs);
      redis = await startRedis(folder, Number(new URL(redis?.url ?? "").port));
    },
    s3: async (awayMs) => {
      s3?.stop();
      await sleep(awayMs);
      s3 = await startMinio(join(folder, "minio"), { port: Number(new URL(s3?.endpoint ?? "").port) });
    },
  };
  for (const name of ["ingest", "detector", "api"])
    kill[name] = async () => {
      try {
        process.kill(system.pidOf(name), "SIGKILL");
      } catch {
        // it was on its way back from the last one
      }
    };

  test(`${clips} clips come in meanwhile: every one is accounted for exactly once`, async () => {
    const made = join(folder, "made");
    const hashes = await makeClips(made, clips, clipS);
    expect(hashes.size).toBe(clips);
    const files = [...hashes.values()];
    const inbox = join(system.dataFolder, "inbox", sourceId);
    mkdirSync(inbox, { recursive: true });
    const beganMs = Date.UTC(2026, 8, 1, 2);

    const ask = async <Row extends Record<string, unknown>>(sql: string): Promise<Row[]> =>
      system.query<Row>(sql).catch(() => []);
    const count = async (sql: string) => Number((await ask<{ n: string }>(sql))[0]?.n ?? 0);
    const taken = () =>
      count(
        "select count(*) as n from intake i join clip c on c.id = i.clip_id where i.via = 'folder' and c.state = 'DETECTED'",
      );

    const random = createRandom(seed);
    const killed: Record<string, number> = {};
    const names = Object.keys(kill);
    let placed = 0;
    const placeSome = () => {
      // as recorders do: under another name until it is whole, then all at once
      for (const file of files.slice(placed, placed + 10)) {
        const at = new Date(beganMs + placed * clipS * 1_000).toISOString().replaceAll(/[-:]/g, "").slice(0, 15);
        renameSync(join(made, file), join(inbox, `${at.replace("T", "_")}Z.mp4`));
        placed += 1;
      }
    };
    const until = Date.now() + 60_000 + clips * 4_000;
    while ((await taken()) < clips && Date.now() < until) {
      placeSome();
      const name = names[Math.floor(random() * names.length)] ?? "";
      killed[name] = (killed[name] ?? 0) + 1;
      await kill[name]?.(300 + random() * 1_500);
      await sleep(1_000 + random() * 4_000);
      // every few kills it is left alone, else nothing could ever be finished
      if (random() < 0.3) await sleep(6_000);
    }
    while (placed < clips) placeSome();
    await waitFor(
      async () => (await taken()) === clips,
      300_000,
      async () =>
        `${await taken()} of ${clips}; ${JSON.stringify(await ask("select state, reason_code, count(*) from intake group by 1, 2"))}; ${system.output().slice(-2_000)}`,
    );

    const rows = await system.query<{ sha256: string; clips: string; looks: string; span: string }>(
      `select c.sha256, count(*) over (partition by c.sha256) as clips, (select count(*) from look l where l.clip_id = c.id) as looks,
         c.duration_ms as span
       from clip c join intake i on i.clip_id = c.id where i.via = 'folder'`,
    );
    expect(rows.map(({ sha256 }) => sha256).sort()).toEqual([...hashes.keys()].sort());
    expect(new Set(rows.map(({ looks }) => looks)).size, "every clip has the looks of its length").toBe(1);
    expect(Number(rows[0]?.looks)).toBeGreaterThan(0);
    const odd = await system.query("select state, reason_code from intake where state <> 'STORED'");
    expect(odd, "nothing is set aside, doubled or left waiting").toEqual([]);
    const stored = await system.query<{ n: string }>(
      "select count(*) as n from custody where action = 'clip.stored' and subject in (select 'clip:' || clip_id from intake where via = 'folder')",
    );
    expect(Number(stored[0]?.n)).toBe(clips);
    const db = openDatabase(postgres.url, 2);
    expect(await checkCustody(db)).toMatchObject({ intact: true });
    await db.$disconnect();
    console.log(
      `${clips} clips, seed ${seed}; killed ${names.map((name) => `${name} ${killed[name] ?? 0} times`).join(", ")}; every clip once, ${rows[0]?.looks} looks each`,
    );
  }, 3_600_000);
});
