// Optional parts of the tests: found, installed where this machine allows it, else named with what will not run.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { run, say } from "./prepare.mjs";

const parts = [
  {
    programs: ["ffmpeg", "ffprobe"],
    debian: "ffmpeg",
    for: "media tests on a current ffmpeg (the old one from npm is used instead)",
  },
  {
    programs: ["chromium", "chromium-browser", "google-chrome"],
    any: true,
    debian: "chromium",
    for: "tests in a browser",
  },
  { programs: ["redis-server", "valkey-server"], any: true, debian: "redis-server", for: "queue tests on Redis" },
  { programs: ["pdftotext"], debian: "poppler-utils", for: "reading back the drafted PDFs" },
];

export function findProgram(name) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

const present = (part) => (part.any ? part.programs.some(findProgram) : part.programs.every(findProgram));

/** Debian's packages as root; nobody is asked for a password and nothing fails without them. */
export async function ensureTestParts() {
  const missing = parts.filter((part) => !present(part));
  if (missing.length > 0 && process.getuid?.() === 0 && findProgram("apt-get")) {
    say(`· Installing for the tests: ${missing.map((part) => part.debian).join(", ")} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing.map((part) => part.debian)], {
      env,
    });
  }
  await ensureMinio();
  await ensureMosquitto();
  for (const part of parts.filter((item) => !present(item)))
    say(`! ${part.programs.join(" or ")} not found: ${part.for} will not run`);
}

/** An S3 server with object lock. Its project ships no programs any more, but its last version builds where Go is installed. */
async function ensureMinio() {
  const folder = join(homedir(), ".cache", "mingcha", "bin");
  if (process.env.MINIO_BIN || findProgram("minio") || existsSync(join(folder, "minio"))) return;
  if (findProgram("go")) {
    say("· Building an S3 server for the tests (once, some minutes) …");
    mkdirSync(folder, { recursive: true });
    await run("go", ["install", "github.com/minio/minio@latest"], {
      cwd: homedir(),
      env: { ...process.env, GOBIN: folder },
      timeout: 900_000,
    });
  }
  if (!existsSync(join(folder, "minio"))) say("! minio not found and not built: tests of the S3 store will not run");
}

/**
 * An MQTT broker. Debian's package starts a service of its own when it is installed, on a port that others may rely on: it is unpacked into the cache
 * instead, which also needs no root (`infra/src/testing/mosquitto.ts` finds it there).
 */
async function ensureMosquitto() {
  const folder = join(homedir(), ".cache", "mingcha", "mosquitto");
  const present = () => existsSync(join(folder, "usr", "sbin", "mosquitto"));
  if (present() || findProgram("mosquitto")) return;
  if (findProgram("apt-get") && findProgram("dpkg-deb")) {
    say("· Unpacking an MQTT broker for the tests …");
    mkdirSync(folder, { recursive: true });
    const packages = ["mosquitto", "libwrap0", "libdlt2", "libcjson1", "libmosquitto1"];
    const download = () => run("apt-get", ["download", ...packages], { cwd: folder });
    if ((await download()).code !== 0) {
      await run("apt-get", ["update", "-qq"]);
      await download();
    }
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".deb")))
      await run("dpkg-deb", ["-x", file, "."], { cwd: folder });
  }
  if (!present()) say("! mosquitto not found and not unpacked: tests of drone docks will not run");
}
