// npm test: everything. Installs what is missing, then lint, types, and every Vitest project; ends with Vitest's own summary.
import { spawn } from "node:child_process";
import { ensureBundle, ensureGenerated, ensureInstalled, root, run, say } from "./prepare.mjs";
import { ensureTestParts } from "./test-parts.mjs";

await ensureInstalled();
await ensureGenerated();
await ensureBundle();
await ensureTestParts();
const node = process.execPath;
for (const [name, args] of [
  ["lint", ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]],
  ["types of the server", ["node_modules/typescript/bin/tsc", "-p", "infra/tooling"]],
  ["types of the pages", ["node_modules/typescript/bin/tsc", "-p", "review-ui"]],
]) {
  const { code, output } = await run(node, args);
  say(code === 0 ? `✓ ${name}` : `✗ ${name}\n${output}`);
  if (code !== 0) process.exit(1);
}
const only = process.argv.slice(2);
const child = spawn(
  node,
  ["node_modules/vitest/vitest.mjs", "run", "--config", "infra/tooling/vitest.config.ts", ...only],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);
child.on("exit", (code) => process.exit(code ?? 1));
