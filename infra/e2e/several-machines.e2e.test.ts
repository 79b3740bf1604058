import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCustody } from "../src/custody/index.ts";
import { openDatabase } from "../src/db/index.ts";
import { freePort } from "../src/free-port.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/launcher/embedded-postgres.ts";
import { hasMinio, hasRedis, startMinio, startRedis } from "../src/testing/index.ts";
import {
  type DeployedProcess,
  type Installation,
  makeSecrets,
  runDeployed,
  startDeployed,
  untilHealthy,
} from "./deployed.ts";
import { makeClips } from "./make-clips.ts";
import { removeFolder, waitFor } from "./system.ts";

const isTested = hasRedis() && hasMinio();
if (!isTested) console.warn(`Several machines: not tested, ${hasRedis() ? "minio" : "redis-server"} was not found`);

const clips = 24;
/** The last of them through the api; the first half before anything is killed. */
const uploaded = 6;
const undisturbed = 12;
const clipS = 40;
const sources = ["cam-a", "cam-b", "cam-c"];
const headers = { "x-mingcha": "1", "content-type": "application/json" };

describe.runIf(isTested)("one api, two ingest and two detectors, as compose.yaml starts them", () => {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-machines-"));
  const programs: { readonly stop: () => void }[] = [];
  const started: DeployedProcess[] = [];
  let hashes = new Map<string, string>();
  let postgres: EmbeddedPostgres;
  let at: Installation;
  let pool: pg.Pool;
  let api: DeployedProcess;
  const ingest: DeployedProcess[] = [];
  const detectors: DeployedProcess[] = [];

  const start = async (service: string, machine: string) => {
    const one = await startDeployed(at, service, machine);
    started.push(one);
    return untilHealthy(one);
  };
  const count = async (sql: string) =>
    Number((await pool.query<{ n: string }>(`select count(*) as n from ${sql}`)).rows[0]?.n);
  const logs = () => started.map((one) => `--- ${one.name}\n${one.tail()}`).join("\n");
  const url = () => `http://127.0.0.1:${api.env.MINGCHA_PORT}`;
  const figures = async (one = api) => {
    const answer = await fetch(`http://127.0.0.1:${one.env.MINGCHA_WATCH_PORT}/metrics`);
    const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return Object.fromEntries(lines.map((line) => [line.split(" ")[0], Number(line.split(" ")[1])]));
  };

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres(join(folder, "postgres"), { durable: false });
    const redis = await startRedis(folder);
    programs.push(redis);
    const s3Port = await freePort();
    at = {
      folder,
      databaseUrl: postgres.url,
      redisUrl: redis.url,
      s3Endpoint: `http://127.0.0.1:${s3Port}`,
    };
    const keys = makeSecrets(at);
    programs.push(await startMinio(join(folder, "minio"), { port: s3Port, ...keys }));
    pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
    pool.on("error", () => undefined);

    hashes = await makeClips(join(folder, "made"), clips, clipS);
    expect(hashes.size).toBe(clips);
  });
  afterAll(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    await pool?.end();
    for (const { stop } of programs) stop();
    await postgres?.stop();
    removeFolder(folder);
  });

  test("the database is migrated by the command, by two at once; a process that starts is healthy when it says so", async () => {
    const runs = await Promise.all([runDeployed(at, "migrate"), runDeployed(at, "migrate")]);
    expect(
      runs.map(({ code }) => code),
      JSON.stringify(runs),
    ).toEqual([0, 0]);
    expect(runs.filter(({ output }) => output.includes("Database migrated"))).toHaveLength(1);
    api = await start("api", "api");
    for (const name of ["ingest-1", "ingest-2"]) ingest.push(await start("ingest", name));
    for (const name of ["detector-1", "detector-2"]) detectors.push(await start("detector", name));
    expect(await figures()).toMatchObject({ mingcha_ingest_machines: 2, mingcha_clip_waiting: 0 });
    expect(await figures(detectors[0])).toHaveProperty("mingcha_clock_ahead_seconds");
  }, 400_000);

  test("an ingest on another folder than the api's is refused with the reason", async () => {
    const other: Installation = { ...at, folder: mkdtempSync(join(folder, "other-")) };
    makeSecrets(other);
    const lost = await startDeployed(other, "ingest", "lost");
    started.push(lost);
    await waitFor(() => lost.child.exitCode !== null, 60_000, lost.tail);
    expect(lost.child.exitCode).not.toBe(0);
    expect(lost.tail()).toMatch(/not the folder in which the api of this database receives uploads/);
  }, 120_000);

  /** As the first people of a bureau do: the administrator's password from its file, an own one, a pilot, the pilot's own one. */
  async function signInPilot(): Promise<string> {
    const call = async (path: string, body: object, cookie = "") => {
      const answer = await fetch(`${url()}${path}`, {
        method: "POST",
        headers: { ...headers, cookie },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return {
        cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "",
        body: (await answer.json()) as { password?: string },
      };
    };
    const open = async (login: string, current: string, next: string) => {
      const { cookie } = await call("/api/session", { login, password: current });
      await call("/api/session/password", { current, next }, cookie);
      return (await call("/api/session", { login, password: next })).cookie;
    };
    const [login = "", first = ""] = readFileSync(join(folder, "staging", "first-administrator"), "utf8")
      .trim()
      .split(" ");
    const admin = await open(login, first, "nine slow green trams");
    const { body } = await call("/api/people", { login: "pilot", name: "飞手", duties: ["pilot"] }, admin);
    return open("pilot", body.password ?? "", "eight tall white kites");
  }

  async function upload(cookie: string, file: string): Promise<void> {
    const bytes = readFileSync(join(folder, "made", file));
    const b64 = (text: string) => Buffer.from(text).toString("base64");
    const metadata = { filename: file, groupId: file, startedAt: "2026-09-02T02:00:00Z" };
    const tus = { "tus-resumable": "1.0.0", "x-mingcha": "1", cookie };
    const created = await fetch(`${url()}/api/uploads`, {
      method: "POST",
      headers: {
        ...tus,
        "upload-length": String(bytes.length),
        "upload-metadata": Object.entries(metadata)
          .map(([name, value]) => `${name} ${b64(value)}`)
          .join(","),
      },
    });
    expect(created.status).toBe(201);
    const sent = await fetch(new URL(created.headers.get("location") ?? "", url()), {
      method: "PATCH",
      headers: { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
      body: new Uint8Array(bytes),
    });
    expect(sent.status).toBe(204);
  }

  test(`${clips} clips through the inbox and the api: every one once; one detector and one ingest killed in between, their work done by the others`, async () => {
    const files = [...hashes.values()].sort();
    const inbox = join(folder, "staging", "inbox");
    const polygon = [
      [0, 0],
      [1, 0],
      [1, 1],
    ];
    for (const id of sources) {
      mkdirSync(join(inbox, id), { recursive: true });
      const scene = {
        source: { id, name: id, kind: "fixed", longitude: 121.5, latitude: 31.2, timezone: "Asia/Shanghai" },
        lookEveryS: 1,
        zones: [{ id: "z", kind: "public_ground", polygon, place: "12 Example Rd" }],
        rules: [],
      };
      writeFileSync(join(inbox, id, "scene.json"), JSON.stringify(scene));
    }
    const place = (from: number, to: number) => {
      for (const [index, file] of files.slice(from, to).entries()) {
        const when = new Date(Date.UTC(2026, 8, 1, 2) + (from + index) * clipS * 1_000);
        const name = when.toISOString().replaceAll(/[-:]/g, "").slice(0, 15).replace("T", "_");
        renameSync(join(folder, "made", file), join(inbox, sources[(from + index) % 3] ?? "", `${name}Z.mp4`));
      }
    };
    expect(statSync(join(folder, "staging", "first-administrator")).mode & 0o077).toBe(0);
    const cookie = await signInPilot();
    const stored = (one: DeployedProcess) => one.logged("clip stored", "clipId");
    const detected = (one: DeployedProcess) => one.logged("clip detected", "clipId");
    const [firstIngest, firstDetector] = [ingest[0], detectors[0]];
    if (firstIngest === undefined || firstDetector === undefined) throw new Error("nothing was started");

    // Undisturbed first: they share it.
    place(0, undisturbed);
    await waitFor(async () => (await count("clip where state = 'DETECTED'")) === undisturbed, 120_000, logs);
    const sharesNow = () =>
      [ingest.map(stored), detectors.map(detected)].map((group) => group.map((ids) => ids.length));
    // the log comes a moment after the commit
    await waitFor(() => sharesNow().every(([one = 0, other = 0]) => one + other === undisturbed), 20_000, logs);
    const shares = sharesNow();
    for (const share of shares)
      expect(Math.min(...share), `each did some of it: ${share.join(" and ")}`).toBeGreaterThan(0);

    // An ingest is killed while files wait.
    place(undisturbed, clips - uploaded);
    for (const file of files.slice(clips - uploaded)) await upload(cookie, file);
    await waitFor(async () => (await count("clip")) > undisturbed, 60_000, logs);
    firstIngest.child.kill("SIGKILL");
    const storedAtKill = await count("clip");

    // A detector is killed for certain with a clip in hand: while both are held still, each of the two that are leased is one's.
    const leased = "clip where state = 'STORED' and lease_until > now()";
    for (let tries = 0; ; tries += 1) {
      if (tries === 200) throw new Error(`both detectors never had a clip in hand at once\n${logs()}`);
      for (const { child } of detectors) child.kill("SIGSTOP");
      const both = (await count(leased)) === 2;
      if (both) firstDetector.child.kill("SIGKILL");
      for (const { child } of detectors) child.kill("SIGCONT");
      if (both) break;
      await sleep(50);
    }
    const detectedAtKill = await count("clip where state = 'DETECTED'");
    expect(detectedAtKill).toBeLessThan(clips);

    await waitFor(
      async () => (await count("clip where state = 'DETECTED'")) === clips,
      240_000,
      async () =>
        `${JSON.stringify((await pool.query("select state, reason_code, count(*) from intake group by 1, 2")).rows)}\n${logs()}`,
    );
    const rows = (
      await pool.query<{ sha256: string; attempts: number; looks: string }>(
        "select sha256, detect_attempts as attempts, (select count(*) from look where clip_id = c.id) as looks from clip c",
      )
    ).rows;
    expect(rows.map(({ sha256 }) => sha256).sort()).toEqual([...hashes.keys()].sort());
    expect(rows.every(({ looks }) => Number(looks) > 0)).toBe(true);
    expect(
      rows.filter(({ attempts }) => attempts > 1).length,
      "what the killed one had in hand was taken over",
    ).toBeGreaterThan(0);
    expect(await count("intake where state <> 'STORED'")).toBe(0);
    expect(await count("custody where action = 'clip.stored'")).toBe(clips);
    expect(await count("custody where action = 'clip.detected'")).toBe(clips);
    for (const group of [ingest.map(stored), detectors.map(detected)])
      expect(new Set(group.flat()).size, "no clip was done by two").toBe(group.flat().length);
    // What was done just before a kill may not have reached the log any more; everything later is the survivor's.
    const [, lastIngest] = ingest;
    const [, lastDetector] = detectors;
    if (lastIngest === undefined || lastDetector === undefined) throw new Error("nothing was started");
    await waitFor(
      () =>
        stored(lastIngest).length >= clips - storedAtKill && detected(lastDetector).length >= clips - detectedAtKill,
      20_000,
      logs,
    );
    const db = openDatabase(postgres.url, 2);
    expect(await checkCustody(db)).toMatchObject({ intact: true });
    await db.$disconnect();
    console.log(
      `${clips} clips, the first ${undisturbed} stored by ${shares[0]?.join(" and ")} and detected by ${shares[1]?.join(" and ")}; all stored by ${ingest.map((one) => stored(one).length).join(" and ")}, detected by ${detectors.map((one) => detected(one).length).join(" and ")}; ${clips - storedAtKill} waited when the ingest was killed, ${clips - detectedAtKill} when the detector was`,
    );
  }, 600_000);

  test("the figures say that nothing waits, and how far the custody log is", async () => {
    const now = await figures();
    expect(now).toMatchObject({
      mingcha_intake_waiting: 0,
      mingcha_clip_waiting: 0,
      mingcha_clip_leased: 0,
      mingcha_clip_oldest_waiting_seconds: 0,
      mingcha_custody_head_sequence: await count("custody"),
    });
    expect(existsSync(join(folder, "staging", "inbox", ".taken"))).toBe(true);
  });

  test("asked to end, every process ends by itself with 0", async () => {
    const left = [api, ...ingest, ...detectors].filter(
      ({ child }) => child.exitCode === null && child.signalCode === null,
    );
    expect(left).toHaveLength(3);
    expect(await Promise.all(left.map((one) => one.stop()))).toEqual([0, 0, 0]);
  }, 60_000);
});
