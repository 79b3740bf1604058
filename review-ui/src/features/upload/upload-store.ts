import { errorBodySchema, uploadChunkBytes, uploadPath } from "@mingcha/models/http";
import { DetailedError, Upload } from "tus-js-client";
import { changeHeaders } from "../../lib/api-client.ts";
import type { Bilingual } from "../../lib/use-text.ts";
import type { PlannedUpload } from "./upload-plan.ts";

export type UploadState = "waiting" | "sending" | "paused" | "done" | "failed";

export interface UploadEntry {
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly bytesPerS: number;
  readonly state: UploadState;
  readonly drone: boolean;
  /** Continues where an earlier visit stopped. */
  readonly resumed: boolean;
  /** The server's sentence; null with `failed` means that nobody answered. */
  readonly error: Bilingual | null;
}

export interface UploadTarget {
  readonly sourceId: string | undefined;
  readonly startedAt: string | undefined;
}

const retryDelaysMs = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000];

/** Uploads outlive the page that started them; one file is sent at a time, so that a slow line finishes something. */
export function createUploadStore() {
  let entries: readonly UploadEntry[] = [];
  const jobs = new Map<string, Upload>();
  const listeners = new Set<() => void>();
  let made = 0;

  const patch = (key: string, change: Partial<UploadEntry>) => {
    entries = entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));
    for (const listener of listeners) listener();
  };
  const stateOf = (key: string) => entries.find((entry) => entry.key === key)?.state;

  const sendNext = () => {
    if (entries.some((entry) => entry.state === "sending")) return;
    const next = entries.find((entry) => entry.state === "waiting");
    const job = next && jobs.get(next.key);
    if (next === undefined || job === undefined) return;
    patch(next.key, { state: "sending", error: null, bytesPerS: 0 });
    job.findPreviousUploads().then(
      ([earlier]) => {
        if (stateOf(next.key) !== "sending") return;
        if (earlier !== undefined && job.url === null) {
          job.resumeFromPreviousUpload(earlier);
          patch(next.key, { resumed: true });
        }
        job.start();
      },
      () => job.start(),
    );
  };

  const createJob = (key: string, plan: PlannedUpload, target: UploadTarget): Upload => {
    let lastAt = performance.now();
    let lastBytes = 0;
    let speed = 0;
    return new Upload(plan.file, {
      endpoint: uploadPath,
      chunkSize: uploadChunkBytes,
      parallelUploads: 1,
      storeFingerprintForResuming: true,
      removeFingerprintOnSuccess: true,
      retryDelays: retryDelaysMs,
      headers: changeHeaders,
      metadata: {
        filename: plan.file.name,
        sourceId: target.sourceId ?? "",
        ...(plan.groupId === undefined ? {} : { groupId: plan.groupId }),
        ...(target.startedAt === undefined ? {} : { startedAt: target.startedAt }),
      },
      onProgress: (sentBytes) => {
        const now = performance.now();
        if (now - lastAt > 400) {
          const fresh = Math.max(0, ((sentBytes - lastBytes) / (now - lastAt)) * 1000);
          speed = speed === 0 ? fresh : speed * 0.7 + fresh * 0.3;
          lastAt = now;
          lastBytes = sentBytes;
        }
        patch(key, { sentBytes, bytesPerS: speed });
      },
      onSuccess: () => {
        jobs.delete(key);
        patch(key, { state: "done", sentBytes: plan.file.size });
        sendNext();
      },
      onError: (error) => {
        patch(key, { state: "failed", error: textOf(error) });
        sendNext();
      },
    });
  };

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    entries: () => entries,
    add: (plans: readonly PlannedUpload[], target: UploadTarget) => {
      for (const plan of plans) {
        made += 1;
        const key = `upload-${made}`;
        jobs.set(key, createJob(key, plan, target));
        const entry: UploadEntry = {
          key,
          name: plan.path,
          sizeBytes: plan.file.size,
          sentBytes: 0,
          bytesPerS: 0,
          state: "waiting",
          drone: plan.drone,
          resumed: false,
          error: null,
        };
        entries = [...entries, entry];
      }
      sendNext();
    },
    pause: (key: string) => {
      patch(key, { state: "paused" });
      jobs
        .get(key)
        ?.abort()
        .catch(() => undefined);
      sendNext();
    },
    /** Continues a paused file, or tries a failed one again. */
    resume: (key: string) => {
      patch(key, { state: "waiting", error: null });
      sendNext();
    },
    clearDone: () => {
      entries = entries.filter((entry) => entry.state !== "done");
      for (const listener of listeners) listener();
    },
  };
}

export type UploadStore = ReturnType<typeof createUploadStore>;

function textOf(error: unknown): Bilingual | null {
  if (!(error instanceof DetailedError)) return null;
  try {
    const body = errorBodySchema.safeParse(JSON.parse(error.originalResponse?.getBody() ?? "null"));
    return body.success ? { zh: body.data.zh, en: body.data.en } : null;
  } catch {
    return null;
  }
}
