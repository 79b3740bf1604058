import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "@mingcha/infra/config";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools, type MediaTools } from "@mingcha/infra/media";
import type { Queues } from "@mingcha/infra/queue";
import { openFolderStore } from "@mingcha/infra/storage";
import { createTestDatabase } from "@mingcha/infra/testing";
import { detectClip, storeIntake, takeUpload } from "@mingcha/models/jobs";
import { foldersOf } from "../config.ts";
import type { IntakeDeps } from "../intake/intake-deps.ts";
import { storeIntakeNow } from "../intake/store-intake.ts";
import { takeUploadNow } from "../intake/take-upload.ts";

/** Null, with the reason printed, where no ffmpeg can be found. */
export async function findToolsForTest(): Promise<MediaTools | null> {
  try {
    const { FFMPEG_PATH, FFPROBE_PATH } = readEnvironment();
    return await findMediaTools({ ffmpegPath: FFMPEG_PATH, ffprobePath: FFPROBE_PATH });
  } catch (error) {
    process.stdout.write(`tests with media are skipped: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

/** A real database and folder store; the queue is a list that `drain` works off, so a test decides when things happen. */
export async function createWorld(tools: MediaTools) {
  const data = mkdtempSync(join(tmpdir(), "mingcha-ingest-"));
  const database = await createTestDatabase();
  const folders = { ...foldersOf({ MINGCHA_DATA: data, MINGCHA_WATCH_DIR: undefined }), demo: join(data, "demo") };
  for (const folder of [folders.uploads, folders.inbox, folders.quarantine]) mkdirSync(folder, { recursive: true });
  const rung: { name: string; payload: Record<string, string> }[] = [];
  const detectRung: string[] = [];
  const ring: Queues["ring"] = async (definition, payload) => {
    const parsed = definition.payload.parse(payload) as Record<string, string>;
    if (definition.name === detectClip.name) detectRung.push(parsed.clipId ?? "");
    else rung.push({ name: definition.name, payload: parsed });
  };
  const deps: IntakeDeps = {
    db: database.db,
    store: await openFolderStore(join(data, "objects"), "test"),
    queues: { ring },
    tools,
    folders,
    minFreeBytes: 0,
    lowFreeBytes: 0,
    log: createLog("test", "silent"),
  };
  return {
    deps,
    data,
    detectRung,
    /** Works off the doorbells; what a handler throws is collected, as the queue would. */
    drain: async (worker: IntakeDeps = deps): Promise<unknown[]> => {
      const thrown: unknown[] = [];
      for (let job = rung.shift(); job; job = rung.shift()) {
        const { name, payload } = job;
        try {
          if (name === takeUpload.name) await takeUploadNow(worker, payload.uploadId ?? "");
          if (name === storeIntake.name) await storeIntakeNow(worker, payload.intakeId ?? "");
        } catch (error) {
          thrown.push(error);
        }
      }
      return thrown;
    },
    /** As if the queue had lost everything. */
    forgetRings: () => void rung.splice(0),
    close: async () => {
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
    url: database.url,
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
