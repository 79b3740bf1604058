import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../src/free-port.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/launcher/embedded-postgres.ts";
import { findProgram } from "../src/testing/find-program.ts";
import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

const redis = findProgram("redis-server") ?? findProgram("valkey-server");
const minio = findProgram("minio", [join(homedir(), ".cache", "mingcha", "bin")], process.env.MINIO_BIN);
if (redis === undefined || minio === undefined)
  console.warn(
    `PostgreSQL, Redis and S3 together: not tested, ${redis === undefined ? "redis-server" : "minio"} was not found`,
  );

describe.runIf(redis !== undefined && minio !== undefined)("on PostgreSQL, Redis and S3 by variables", () => {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-external-"));
  const children: ChildProcess[] = [];
  let postgres: EmbeddedPostgres;
  let system: RunningSystem;

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres(join(folder, "postgres"), { durable: false });
    const redisPort = await freePort();
    children.push(
      spawn(
        redis ?? "",
        ["--port", String(redisPort), "--bind", "127.0.0.1", "--save", "", "--maxmemory-policy", "noeviction"],
        { stdio: "ignore", cwd: folder },
      ),
    );
    const s3Port = await freePort();
    const env = {
      ...process.env,
      MINIO_ROOT_USER: "test-access",
      MINIO_ROOT_PASSWORD: "test-secret-key",
      MINIO_BROWSER: "off",
      MINIO_UPDATE: "off",
    };
    children.push(
      spawn(minio ?? "", ["server", "--quiet", "--address", `127.0.0.1:${s3Port}`, join(folder, "minio")], {
        env,
        stdio: "ignore",
      }),
    );
    const endpoint = `http://127.0.0.1:${s3Port}`;
    await waitFor(
      () =>
        fetch(`${endpoint}/minio/health/live`).then(
          (answer) => answer.ok,
          () => false,
        ),
      60_000,
    );
    system = await startSystem({
      DATABASE_URL: postgres.url,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY: "test-access",
      S3_SECRET_KEY: "test-secret-key",
    });
  });
  afterAll(async () => {
    await system?.stop();
    for (const child of children) child.kill("SIGKILL");
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
