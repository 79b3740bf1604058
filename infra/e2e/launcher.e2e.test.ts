import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { freePort } from "../src/free-port.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs the supervisor until it ends by itself. */
async function run(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "infra/src/launcher/main.ts")], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  const code = await new Promise<number | null>((done) => child.once("exit", done));
  return { code, output: output.trim() };
}

const folder = () => mkdtempSync(join(tmpdir(), "mingcha-launch-"));

test("a busy port gives one clear sentence and a non-zero exit", async () => {
  const port = await freePort();
  const holder = createServer();
  await new Promise<void>((done) => holder.listen(port, "127.0.0.1", done));
  const { code, output } = await run({ MINGCHA_DATA: folder(), MINGCHA_PORT: String(port) });
  holder.close();
  expect(code).toBe(1);
  expect(output).toBe(`Port ${port} on 127.0.0.1 is already in use; set MINGCHA_PORT to a free one.`);
});

test("wrong variables are all named in one message", async () => {
  const { code, output } = await run({ MINGCHA_DATA: folder(), MINGCHA_PORT: "none", LOG_LEVEL: "loud" });
  expect(code).toBe(1);
  expect(output.split("\n")).toHaveLength(1);
  expect(output).toMatch(/MINGCHA_PORT.*LOG_LEVEL/);
});

test("a disk with too little room is said before anything starts", async () => {
  const { code, output } = await run({
    MINGCHA_DATA: folder(),
    MINGCHA_PORT: String(await freePort()),
    MINGCHA_MIN_FREE_MB: "99999999999",
  });
  expect(code).toBe(1);
  expect(output).toMatch(/^Only \d+ MB are free on the disk of .*; at least 99999999999 MB are needed/);
});

test("a profile that does not exist, or a data folder that cannot be written, is one sentence", async () => {
  const port = String(await freePort());
  const unknown = await run({ MINGCHA_DATA: folder(), MINGCHA_PORT: port, MINGCHA_PROFILE: "atlantis" });
  expect(unknown).toMatchObject({ code: 1, output: 'There is no bureau profile "atlantis" (MINGCHA_PROFILE).' });
  const blocked = await run({ MINGCHA_DATA: join(root, "package.json", "data"), MINGCHA_PORT: port });
  expect(blocked.code).toBe(1);
  expect(blocked.output).toMatch(
    /^The data folder .*package\.json.data cannot be written \(ENOTDIR\); set MINGCHA_DATA to another one\.$/,
  );
});
