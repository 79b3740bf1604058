// npm run check: lint, types and unit tests, side by side, under half a minute.
import { ensureGenerated, ensureInstalled, run, say } from "./prepare.mjs";

await ensureInstalled();
await ensureGenerated();
const node = process.execPath;
const parts = [
  ["lint", node, ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]],
  ["types of the server", node, ["node_modules/typescript/bin/tsc", "-p", "infra/tooling"]],
  ["types of the pages", node, ["node_modules/typescript/bin/tsc", "-p", "review-ui"]],
  [
    "unit tests",
    node,
    ["node_modules/vitest/vitest.mjs", "run", "--config", "infra/tooling/vitest.config.ts", "--project", "unit"],
  ],
  [
    "tests of the pages",
    node,
    ["node_modules/vitest/vitest.mjs", "run", "--config", "infra/tooling/vitest.config.ts", "--project", "ui"],
  ],
];
const results = await Promise.all(
  parts.map(async ([name, command, args]) => ({ name, ...(await run(command, args)) })),
);
for (const { name, code, output } of results) say(code === 0 ? `✓ ${name}` : `✗ ${name}\n${output}`);
process.exit(results.some(({ code }) => code !== 0) ? 1 : 0);
