import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface SoakReport {
  readonly wallS: number;
  readonly rows: readonly { about: string; name: string; value: string; goal: string; passed: boolean }[];
}

/** Output of `npm run soak`, whatever it says of itself by its exit code: a busy machine may miss what is about time. */
function soak(args: readonly string[]): Promise<SoakReport> {
  return new Promise((resolve, reject) => {
    const command = ["--import", "tsx", "detector/src/soak.ts", "--json", ...args];
    execFile(process.execPath, command, { cwd: root, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(error ?? new Error(stderr));
      }
    });
  });
}

test("three minutes of two cameras as fast as it goes: every planned look stored once, no job stalled, no process ended", async () => {
  const { rows, wallS } = await soak(["--minutes", "3", "--cameras", "2"]);
  console.log(
    [`${wallS} s`, ...rows.map(({ name, value, passed }) => `${passed ? "✓" : "·"} ${name}: ${value}`)].join("\n"),
  );
  const counts = rows.filter(({ about }) => about === "count");
  expect(counts).toHaveLength(4);
  expect(counts.filter(({ passed }) => !passed)).toEqual([]);
}, 1_800_000);
