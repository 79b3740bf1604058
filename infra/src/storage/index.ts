import { join } from "node:path";
import type { Environment } from "../config/index.ts";
import { openFolderStore } from "./folder-store.ts";
import type { ObjectStore } from "./object-store.ts";
import { openS3Store } from "./s3-store.ts";

export { freeBytes } from "./free-bytes.ts";
export { hashFile, writeHashed } from "./hash-file.ts";
export type { ObjectStore, PutObject, StoredObject } from "./object-store.ts";
export { announceStaging, assertSharedStaging } from "./shared-staging.ts";
export { syncPath } from "./sync-path.ts";
export { openFolderStore, openS3Store };

/** The object store that the environment asks for: S3 when an end point is set, else a folder below the data folder. */
export async function openStore(environment: Environment, processName: string): Promise<ObjectStore> {
  const { S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, S3_BUCKET, MINGCHA_DATA } = environment;
  if (S3_ENDPOINT === undefined || S3_ACCESS_KEY === undefined || S3_SECRET_KEY === undefined)
    return openFolderStore(join(MINGCHA_DATA, "objects"), processName);
  return openS3Store({
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    accessKey: S3_ACCESS_KEY,
    secretKey: S3_SECRET_KEY,
    cacheFolder: join(MINGCHA_DATA, "cache"),
    writer: processName,
  });
}
