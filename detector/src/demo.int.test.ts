import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const evaluate = fileURLToPath(new URL("./eval.ts", import.meta.url));

test("on the bundled footage the starter model flags every true act once, nothing else, with ends within two looks", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", evaluate], { timeout: 240_000 });
  expect(stdout).toMatch(/every true act was flagged once, nothing else was/);
  expect(stdout).not.toMatch(/missed|ends_off|extra/);
}, 240_000);
