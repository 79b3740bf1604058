/**
 * Many live cameras on this machine: `npm run soak:live [-- --cameras 20 --minutes 10]`. GStreamer's RTSP server sends 1080p, half of it H.264 and half
 * H.265, at its own pace; the ingest process alone receives it, with a database of its own. Halfway the server is killed and comes back after 20 s.
 * Prints processor time per camera, beside what a bare `ffmpeg -c copy` of the same stream takes in the same run, and whether every second is
 * accounted for: kept, or in a gap that is on record.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { applyMigrations } from "../src/db/migrate.ts";
import { freePort } from "../src/free-port.ts";
import { startEmbeddedPostgres } from "../src/launcher/embedded-postgres.ts";
import { findMediaTools } from "../src/media/index.ts";
import { findRtspServer, startRtspServer } from "../src/testing/rtsp-server.ts";
import { removeFolder, waitFor } from "./system.ts";

const { values } = parseArgs({
  options: { cameras: { type: "string", default: "20" }, minutes: { type: "string", default: "10" } },
});
const cameras = Number(values.cameras);
const minutes = Number(values.minutes);
const awayMs = 20_000;
if (!findRtspServer()) process.exit(1);

const folder = mkdtempSync(join(tmpdir(), "mingcha-live-soak-"));
const tools = await findMediaTools();
// Longer than the run, since the server ends a stream with its file; with a running clock in the picture, as bytes that come again are one clip.
const lengthS = minutes * 60 + 150;
const quiet = ["-v", "error", "-y"];
function draw(file: string, framesPerS: number, coding: readonly string[]): string {
  const picture = `testsrc2=size=1920x1080:rate=${framesPerS}:duration=${lengthS}`;
  const gop = String(framesPerS * 2);
  const common = [
    "-preset",
    "ultrafast",
    "-pix_fmt",
    "yuv420p",
    "-g",
    gop,
    "-keyint_min",
    gop,
    "-bf",
    "0",
    "-b:v",
    "4M",
  ];
  execFileSync(tools.ffmpeg.path, [...quiet, "-f", "lavfi", "-i", picture, ...coding, ...common, file]);
  return file;
}
/** What the server sends when it is back: other pieces of the same film. */
function later(file: string): string {
  const target = file.replace("street", "later");
  execFileSync(tools.ffmpeg.path, [...quiet, "-ss", "4", "-i", file, "-c", "copy", target]);
  return target;
}
const h264 = draw(join(folder, "street.h264.mp4"), 25, ["-c:v", "libx264", "-sc_threshold", "0"]);
const h265 = draw(join(folder, "street.h265.mp4"), 10, [
  "-c:v",
  "libx265",
  "-x265-params",
  "log-level=none",
  "-tag:v",
  "hvc1",
]);
const films = { first: { h264, h265 }, second: { h264: later(h264), h265: later(h265) } };

const port = await freePort();
let server = await startRtspServer(port, films.first);

/** Processor seconds of a process, and of those it has waited for. */
function cpuS(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0) / 100;
  } catch {
    return 0;
  }
}
const childrenOf = (parent: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1]) === parent;
      } catch {
        return false;
      }
    });

/** The same stream copied into clips by ffmpeg alone: what nobody can go below. Processor seconds per camera and second. */
async function bareLoad(seconds: number): Promise<number> {
  const loads: number[] = [];
  for (const name of ["h264", "h265"]) {
    const target = join(folder, `bare-${name}-%03d.mp4`);
    const cut = ["-map", "0:v:0", "-c", "copy", "-f", "segment", "-segment_time", "10", target];
    const child = spawn(
      tools.ffmpeg.path,
      ["-v", "error", "-y", "-rtsp_transport", "tcp", "-i", `rtsp://127.0.0.1:${port}/${name}`, ...cut],
      { stdio: "ignore" },
    );
    await sleep(5_000);
    const before = cpuS(child.pid ?? 0);
    await sleep(seconds * 1_000);
    loads.push((cpuS(child.pid ?? 0) - before) / seconds);
    child.kill("SIGKILL");
  }
  return loads.reduce((sum, one) => sum + one, 0) / loads.length;
}

const postgres = await startEmbeddedPostgres(join(folder, "postgres"));
await applyMigrations(postgres.url);
const pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
pool.on("error", () => undefined);
for (let nth = 0; nth < cameras; nth += 1) {
  const id = `cam-${String(nth).padStart(3, "0")}`;
  await pool.query("insert into source (id, name, kind, place) values ($1, $1, 'fixed', '测试路')", [id]);
  await pool.query(
    "insert into stream (source_id, kind, url, policy, clip_s, updated_at) values ($1, 'rtsp', $2, 'never-drop', 10, now())",
    [id, `rtsp://127.0.0.1:${port}/${nth % 2 === 0 ? "h264" : "h265"}`],
  );
}
const bare = await bareLoad(20);
const data = join(folder, "data");
mkdirSync(data);
const ingest = spawn(
  process.execPath,
  ["--import", "tsx", new URL("../../ingest/src/main.ts", import.meta.url).pathname],
  {
    env: {
      ...process.env,
      DATABASE_URL: postgres.url,
      MINGCHA_DATA: data,
      MINGCHA_DEMO: "0",
      MINGCHA_STREAM_NETWORKS: "127.0.0.0/8",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "ignore", "inherit"],
  },
);
const count = async (sql: string) => Number((await pool.query<{ n: string }>(sql)).rows[0]?.n ?? 0);
const live = () => count("select count(*) as n from stream_standing where state = 'live'");
try {
  await waitFor(
    async () => (await live()) === cameras,
    120_000,
    async () => `${await live()} live`,
  );
  const tree = () => [ingest.pid ?? 0, ...childrenOf(ingest.pid ?? 0)];
  const half = (minutes * 60_000) / 2;
  const measured = Math.min(half - 15_000, 120_000);
  await sleep(10_000);
  const [before, startedMs] = [tree().map((pid) => [pid, cpuS(pid)] as const), performance.now()];
  await sleep(measured);
  const seconds = (performance.now() - startedMs) / 1_000;
  const [own, ...copying] = before.map(([pid, was]) => (cpuS(pid) - was) / seconds);
  const copied = copying.reduce((sum, one) => sum + one, 0);
  const ownS = own ?? 0;
  const all = (ownS + copied) / cameras;
  console.log(`cameras: ${cameras}, half H.264 (25 frames a second) and half H.265 (10), 1920×1080, about 4 Mbit/s`);
  console.log(
    `processor a camera, of one core: ${(all * 100).toFixed(2)} % (ffmpeg ${((copied / cameras) * 100).toFixed(2)} %, ingest ${((ownS / cameras) * 100).toFixed(2)} %)`,
  );
  console.log(
    `bare ffmpeg -c copy of the same stream: ${(bare * 100).toFixed(2)} %, so ${(all / bare).toFixed(2)} × that`,
  );

  await sleep(Math.max(0, half - measured - 10_000));
  await server.kill();
  await sleep(awayMs);
  server = await startRtspServer(port, films.second);
  await waitFor(
    async () => (await live()) === cameras,
    120_000,
    async () => `${await live()} live after the server came back`,
  );
  await sleep(half);
  const gone = new Promise((done) => ingest.once("exit", done));
  ingest.kill("SIGTERM");
  await gone;

  const { rows } = await pool.query<{
    kept: string;
    span: string;
    clips: string;
    gap: string;
    open: string;
    refused: string;
  }>(`
    select sum(c.ms) / 1000.0 as kept, sum(c.span) as span, sum(c.clips) as clips, sum(g.s) as gap,
      (select count(*) from intake where state = 'WAITING') as open, (select count(*) from intake where state = 'QUARANTINED') as refused
    from (select source_id, sum(duration_ms) as ms, count(*) as clips,
        extract(epoch from max(started_at + duration_ms * interval '1 ms') - min(started_at)) as span from clip group by 1) c
    join (select source_id, sum(extract(epoch from to_at - from_at)) as s from stream_gap where to_at is not null group by 1) g using (source_id)`);
  const [row] = rows;
  const duplicates = await count("select count(*) as n from intake where state = 'DUPLICATE'");
  const missing = Number(row?.span) - Number(row?.kept) - Number(row?.gap);
  console.log(
    `clips kept: ${row?.clips}, ${Number(row?.kept).toFixed(0)} s of ${Number(row?.span).toFixed(0)} s; in gaps on record ${Number(row?.gap).toFixed(0)} s`,
  );
  console.log(
    `neither kept nor in a gap, a camera: ${(missing / cameras).toFixed(2)} s; refused ${row?.refused}, waiting ${row?.open}, the same bytes again ${duplicates}`,
  );
} finally {
  ingest.kill("SIGKILL");
  await server.kill();
  await pool.end();
  await postgres.stop();
  removeFolder(folder);
}
