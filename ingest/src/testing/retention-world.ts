import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "@mingcha/infra/log";
import { openFolderStore } from "@mingcha/infra/storage";
import { createTestDatabase } from "@mingcha/infra/testing";
import { foldersOf } from "../config.ts";
import type { RetentionDeps } from "../retention/retention-deps.ts";
import { runRetention } from "../retention/run-retention.ts";
import { createOldFootage, daysAfter } from "./old-footage.ts";

/** When everything in these tests was recorded. */
export const captured = new Date("2026-03-01T00:00:00Z");

/** Samples of free space as a machine writes them that was up for two days. */
export async function addSamples(db: RetentionDeps["db"], until: Date, machine = "test-machine"): Promise<void> {
  const hour = Math.floor(until.getTime() / 3_600_000) * 3_600_000;
  await db.diskSample.createMany({
    data: Array.from({ length: 48 }, (_, n) => ({ machine, at: new Date(hour - n * 3_600_000), freeBytes: 1n })),
    skipDuplicates: true,
  });
}

/** A real database and folder store, and a clock that a test moves on. */
export async function createRetentionWorld() {
  const data = mkdtempSync(join(tmpdir(), "mingcha-retention-"));
  const database = await createTestDatabase();
  const clock = { now: captured };
  const deps: RetentionDeps = {
    db: database.db,
    store: await openFolderStore(join(data, "objects"), "test"),
    folders: foldersOf({ MINGCHA_DATA: data, MINGCHA_WATCH_DIR: undefined }),
    settings: {
      publicVideoDays: 30,
      bodyRecordingDays: 180,
      fieldProposedDays: 90,
      rejectedImageryDays: 30,
      closedImageryDays: 180,
      smallPictureDays: 730,
      caseFileYears: null,
      verified: false,
    },
    machine: "test-machine",
    now: () => clock.now,
    databaseNow: async () => clock.now,
    mostPerDay: { share: 0.1, items: 1_000 },
    log: createLog("test", "silent"),
  };
  /** The clock stands at so many days later, and the machine was awake in the days before. */
  const moveTo = async (days: number): Promise<void> => {
    clock.now = daysAfter(captured, days);
    await addSamples(deps.db, clock.now);
  };
  return {
    deps,
    data,
    clock,
    footage: createOldFootage(deps),
    /** The clock moves on by days, and the job runs. */
    runAt: async (days: number) => {
      await moveTo(days);
      return runRetention(deps);
    },
    moveTo,
    isThere: async (sha256: string) => (await deps.store.find(sha256)) !== null,
    clipRow: (id: string) =>
      deps.db.clip.findUniqueOrThrow({ where: { id }, include: { looks: true, telemetry: true } }),
    close: async () => {
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export type RetentionWorld = Awaited<ReturnType<typeof createRetentionWorld>>;
