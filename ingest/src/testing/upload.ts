import { createHash, randomUUID } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { World } from "./create-world.ts";

interface UploadOptions {
  readonly fileName?: string;
  readonly groupId?: string;
  readonly sourceId?: string;
  readonly sha256?: string;
  readonly startedAt?: Date;
}

/** Leaves a finished browser upload as the api does: bytes in staging, row RECEIVED. Returns the upload's id. */
export async function addUpload({ deps }: World, path: string, options: UploadOptions = {}): Promise<string> {
  const person = await deps.db.person.upsert({
    where: { login: "pilot" },
    create: { login: "pilot", name: "pilot", passwordHash: "-", duties: ["pilot"] },
    update: {},
  });
  const id = randomUUID();
  const bytes = readFileSync(path);
  copyFileSync(path, join(deps.folders.uploads, id));
  await deps.db.upload.create({
    data: {
      id,
      personId: person.id,
      fileName: options.fileName ?? basename(path),
      sizeBytes: BigInt(bytes.length),
      groupId: options.groupId ?? id,
      sourceId: options.sourceId ?? null,
      startedAtHint: options.startedAt ?? null,
      sha256: options.sha256 ?? createHash("sha256").update(bytes).digest("hex"),
      state: "RECEIVED",
    },
  });
  return id;
}
