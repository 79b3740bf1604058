// Plain Node with nothing installed yet: brings a fresh clone to the point where TypeScript can run.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const cache = join(root, "node_modules", ".cache", "mingcha");

/** Prints one sentence and ends with a non-zero code. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Runs a command; its output is shown only when it fails. */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-6_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => done({ code: 1, output: String(error.message) }));
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}

/** Hash of files and of everything in folders, by relative name and content. */
function hashOf(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const entries = readdirSyncSafe(full);
    if (entries === null) hash.update(path).update(readFileSync(full));
    else
      for (const entry of entries.sort())
        if (entry !== "node_modules" && entry !== "dist" && entry !== "generated") add(join(path, entry));
  };
  for (const path of paths) add(path);
  return hash.digest("hex");
}

function readdirSyncSafe(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}

/** Does a step unless it was done for the same inputs; remembers it beside node_modules. */
async function step(name, title, inputs, outputs, work) {
  const stamp = join(cache, `${name}.done`);
  const wanted = hashOf(inputs);
  if (
    outputs.every((path) => existsSync(join(root, path))) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === wanted
  )
    return;
  const began = Date.now();
  process.stdout.write(`· ${title} …\n`);
  const { code, output } = await work();
  if (code !== 0) fail(`${output.trim()}\n${title} did not succeed.`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  say(`✓ ${title} (${((Date.now() - began) / 1_000).toFixed(1)} s)`);
}

export async function ensureInstalled() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Mingcha needs Node 20.19 or newer; this is ${process.versions.node}.`);
  await step(
    "installed",
    "Installing dependencies",
    ["package-lock.json"],
    ["node_modules/tsx", "node_modules/zod"],
    () => run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
  );
}

/** Prisma's client. The schema engine that its CLI would download is not needed for this; any program stands in for it. */
export async function ensureGenerated() {
  const standIn = existsSync("/bin/true") ? "/bin/true" : process.execPath;
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: standIn,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  await step(
    "generated",
    "Generating the database client",
    ["infra/prisma/schema.prisma", "package-lock.json"],
    ["infra/src/db/generated/client.ts"],
    () =>
      run(process.execPath, [join(root, "node_modules/prisma/build/index.js"), "generate"], {
        cwd: join(root, "infra"),
        env,
      }),
  );
}

export async function ensureBundle() {
  await step(
    "bundle",
    "Building the pages",
    ["review-ui", "models/src", "package-lock.json"],
    ["review-ui/dist/index.html"],
    () =>
      run(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build"], { cwd: join(root, "review-ui") }),
  );
}

/** Node arguments that let TypeScript run as it is. */
export const typescript = ["--import", "tsx"];

/** Runs a TypeScript file in the foreground and ends with its code; signals reach it through the terminal or from here. */
export function runForeground(file, args) {
  const env = join(root, ".env");
  const settings = existsSync(env) ? [`--env-file=${env}`] : [];
  const child = spawn(process.execPath, [...settings, ...typescript, join(root, file), ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: "inherit",
    env: { ...process.env, NODE_PATH: "" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128 + 15)));
}
