import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const server = ["models", "infra", "ingest", "detector", "api"];

/** Files of real time: sources that drop, processes that are killed. What runs beside them would be what they measure. */
const alone = [
  "ingest/src/live/**",
  "ingest/src/main.int.test.ts",
  "detector/src/runtime/**",
  "**/*kills.int.test.ts",
].map((glob) => (glob.endsWith("**") ? `${glob}/*.int.test.ts` : glob));

/** Whole systems that are killed, timed or share what a machine has once; a system beside them would be what they measure. */
const aloneWhole = [
  "*kill*",
  "crash",
  "soak",
  "live-camera",
  "clocks",
  "ten-items",
  "launcher",
  "several-machines",
  "external-services",
].map((name) => `infra/e2e/${name}.e2e.test.ts`);
const wholeSystem = { testTimeout: 300_000, hookTimeout: 300_000, maxConcurrency: 2 };
const withDatabase = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  globalSetup: ["infra/src/testing/global-postgres.ts"],
};

/**
 * `unit` touches no I/O. `integration` starts real services, two files at a time, each with a database of its own; `e2e` runs whole systems, two
 * files at a time as well, since they mostly wait. The files in the two lists above run one at a time.
 */
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
          exclude: [...alone, "**/node_modules/**"],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...withDatabase,
        },
      },
      {
        root,
        test: {
          name: "integration-alone",
          include: alone,
          exclude: ["**/node_modules/**"],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...withDatabase,
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
          exclude: [...aloneWhole, "**/node_modules/**"],
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          ...wholeSystem,
        },
      },
      {
        root,
        test: {
          name: "e2e-alone",
          include: aloneWhole,
          exclude: ["**/node_modules/**"],
          fileParallelism: false,
          sequence: { groupOrder: 4 },
          ...wholeSystem,
        },
      },
    ],
  },
});
