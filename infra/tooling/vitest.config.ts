import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const server = ["models", "infra", "ingest", "detector", "api"];

/** Four projects: `unit` touches no I/O; `integration` and `e2e` start real services, one file at a time on two cores. */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: "unit",
          // Pure tests share their imports: half the time, nothing to isolate.
          isolate: false,
          pool: "threads",
          include: [...server, "review-ui"].map((p) => `${p}/src/**/*.test.ts`),
          exclude: ["**/*.int.test.ts", "**/node_modules/**"],
        },
      },
      {
        root,
        test: {
          name: "integration",
          include: server.map((p) => `${p}/src/**/*.int.test.ts`),
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: ["infra/src/testing/global-postgres.ts"],
        },
      },
      {
        root: `${root}review-ui`,
        // What draws; pages' pure parts (.test.ts) need no document and run with the other units.
        test: { name: "ui", isolate: false, include: ["src/**/*.test.tsx"], environment: "jsdom", testTimeout: 20_000 },
      },
      {
        root,
        test: {
          name: "e2e",
          include: ["infra/e2e/**/*.e2e.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
