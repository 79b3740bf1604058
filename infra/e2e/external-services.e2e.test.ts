import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/launcher/embedded-postgres.ts";
import {
  hasMinio,
  hasRedis,
  type MinioServer,
  type RedisServer,
  startMinio,
  startRedis,
} from "../src/testing/index.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

const isTested = hasRedis() && hasMinio();
if (!isTested)
  console.warn(`PostgreSQL, Redis and S3 together: not tested, ${hasRedis() ? "minio" : "redis-server"} was not found`);

describe.runIf(isTested)("on PostgreSQL, Redis and S3 by variables", () => {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-external-"));
  let redis: RedisServer | undefined;
  let s3: MinioServer | undefined;
  let postgres: EmbeddedPostgres;
  let system: RunningSystem;

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres(join(folder, "postgres"), { durable: false });
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
    await postgres.stop();
    removeFolder(folder);
  });

  test("the demo gives the same flags with their pictures as on the embedded parts", async () => {
    const clips = demoClips();
    const done = async () => (await system.query("select 1 from clip where state = 'DETECTED'")).length;
    await waitFor(async () => (await done()) === clips.length, 240_000, system.output);
    const flags = await system.query<{ source_id: string; violation: string; zone_id: string }>(
      "select source_id, violation, zone_id from flag",
    );
    const expected = clips
      .flatMap((clip) => clip.truth.violations.map((item) => `${clip.scene.source.id} ${item.violation} ${item.zone}`))
      .sort();
    expect(flags.map((flag) => `${flag.source_id} ${flag.violation} ${flag.zone_id}`).sort()).toEqual(expected);
    await waitFor(
      async () => (await system.query("select 1 from flag where evidence_to is null")).length === 0,
      60_000,
    );
    const cookie = await signIn(system);
    const answer = await fetch(`${system.url}/api/status`, { headers: { cookie } });
    const status = (await answer.json()) as { services: unknown };
    expect(status.services).toEqual({ database: "external", queue: "redis", store: "s3" });
  });
});

async function signIn(system: RunningSystem): Promise<string> {
  const answer = await fetch(`${system.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-mingcha": "1" },
    body: JSON.stringify({ login: "monitor", password: system.password }),
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}
