/**
 * One very large upload over a connection that breaks: `npm run soak:upload [-- --gb 5 --cuts 20]`. The whole system runs; a real tus client sends a
 * recording through a piece of network that is cut at random moments. Prints what went over the wire beside the file's own size, where each
 * cut was taken up again, whether one object with the right hash came of it, and the time beside a plain write with SHA-256 of the same bytes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { uploadChunkBytes } from "@mingcha/models/http";
import { Upload } from "tus-js-client";
import { findMediaTools } from "../src/media/index.ts";
import { hashFile, writeHashed } from "../src/storage/hash-file.ts";
import { removeFolder, startSystem, waitFor } from "./system.ts";
import { openTearable } from "./tearable-network.ts";

const { values } = parseArgs({
  options: { gb: { type: "string", default: "5" }, cuts: { type: "string", default: "20" } },
});
const wantedBytes = Number(values.gb) * 1e9;
const cuts = Number(values.cuts);

const folder = mkdtempSync(join(tmpdir(), "mingcha-upload-soak-"));
const tools = await findMediaTools();
const quiet = ["-v", "error", "-y"];
/** A film of about so many bytes: noise that no coder makes small, repeated as it is. */
function drawFilm(): string {
  const piece = join(folder, "piece.mp4");
  const noise = "testsrc2=size=1920x1080:rate=25:duration=8,noise=alls=60:allf=t";
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", "-b:v", "60M"];
  execFileSync(tools.ffmpeg.path, [...quiet, "-f", "lavfi", "-i", noise, ...coding, piece]);
  const times = Math.max(0, Math.ceil(wantedBytes / statSync(piece).size) - 1);
  const film = join(folder, "DJI_20261120100000_0001.mp4");
  execFileSync(tools.ffmpeg.path, [...quiet, "-stream_loop", String(times), "-i", piece, "-c", "copy", film]);
  rmSync(piece);
  return film;
}

const film = drawFilm();
const sizeBytes = statSync(film).size;
const truth = await hashFile(film);
// moments are drawn from the file's own hash: another file is cut elsewhere, the same one at the same bytes
const tornAt = Array.from({ length: cuts }, (_, nth) => {
  const drawn = createHash("sha256").update(`${truth.sha256}:${nth}`).digest().readUInt32BE(0) / 2 ** 32;
  return Math.floor(((nth + drawn) / cuts) * sizeBytes);
});
const system = await startSystem();
const network = await openTearable({ targetPort: Number(new URL(system.url).port), tornAt });
try {
  const none = async (sql: string) => (await system.query(sql)).length === 0;
  await waitFor(async () => !(await none("select 1 from clip")), 120_000, system.output);
  // the demo's own work first: what is measured is the upload
  await waitFor(() => none("select 1 from clip where state = 'STORED'"), 240_000, system.output);
  const at = `http://127.0.0.1:${network.port}`;
  const signedIn = await fetch(`${at}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-mingcha": "1" },
    body: JSON.stringify({ login: "pilot", password: system.password }),
  });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";

  const plain = async () => {
    const target = join(folder, "plain");
    const began = performance.now();
    await writeHashed(createReadStream(film, { highWaterMark: 1 << 20 }), createWriteStream(target));
    const file = await open(target, "r");
    await file.sync();
    await file.close();
    const tookMs = performance.now() - began;
    rmSync(target);
    return tookMs;
  };
  const plainMs = [await plain()];

  const restarts: number[] = [];
  const began = performance.now();
  await new Promise<void>((done, fail) => {
    const upload = new Upload(createReadStream(film), {
      endpoint: `${at}/api/uploads`,
      chunkSize: uploadChunkBytes,
      uploadSize: sizeBytes,
      // a person's page waits longer; here the time of waiting is not what is measured
      retryDelays: Array.from({ length: 100 }, () => 0),
      headers: { "x-mingcha": "1", cookie },
      metadata: { filename: "DJI_20261120100000_0001.mp4", sourceId: "cam-shop-12" },
      onAfterResponse: (request, response) => {
        if (request.getMethod() === "HEAD") restarts.push(Number(response.getHeader("Upload-Offset")));
      },
      onSuccess: () => done(),
      onError: fail,
    });
    upload.start();
  });
  const sentMs = performance.now() - began;
  const settled = async () =>
    (
      await system.query<{ state: string; sha256: string }>(
        "select state, sha256 from intake where via = 'upload' and state <> 'WAITING'",
      )
    )[0];
  await waitFor(async () => (await settled()) !== undefined, 300_000, system.output);
  const tookMs = performance.now() - began;
  const { upBytes, torn } = await network.count();
  plainMs.push(await plain());

  const [clips, uploads] = [
    await system.query<{ sha256: string; size_bytes: string }>(
      "select sha256, size_bytes from clip where sha256 = $1",
      [truth.sha256],
    ),
    await system.query("select 1 from upload"),
  ];
  const gb = (bytes: number) => `${(bytes / 1e9).toFixed(3)} GB`;
  console.log(`file: ${gb(sizeBytes)}, cut ${torn} times; taken up again at ${restarts.map(gb).join(", ")}`);
  console.log(
    `over the wire: ${gb(upBytes)}, ${(upBytes / sizeBytes).toFixed(4)} × the file; ${restarts.filter((offset) => offset === 0).length} starts from nothing`,
  );
  console.log(
    `uploads on record: ${uploads.length}; ${(await settled())?.state}; clips of this hash: ${clips.length}; the hash is ${clips[0]?.sha256 === truth.sha256 ? "right" : "WRONG"}`,
  );
  const bareMs = Math.min(...plainMs);
  console.log(
    `a plain write with SHA-256 of the same bytes takes ${(bareMs / sentMs).toFixed(2)} of the time of sending with all cuts, ${(bareMs / tookMs).toFixed(2)} of that until it is stored and checked (goal 0.7)`,
  );
  if (torn !== cuts || clips.length !== 1 || uploads.length !== 1 || restarts.includes(0)) process.exitCode = 1;
} finally {
  network.close();
  await system.stop();
  removeFolder(system.dataFolder);
  removeFolder(folder);
}
