import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, link, mkdir, open, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "@mingcha/models";
import { hashFile, writeHashed } from "./hash-file.ts";
import { objectKey } from "./keys.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";
import { openOwnFolder } from "./own-folder.ts";

/**
 * Objects in a folder, content-addressed, read-only once written, durable before `put` returns.
 * @param writer name of the process, for the folder of what it is writing (own-folder.ts).
 */
export async function openFolderStore(folder: string, writer: string): Promise<ObjectStore> {
  const incoming = await openOwnFolder(join(folder, "incoming"), writer);
  const pathOf = (sha256: string) => join(folder, objectKey(sha256));

  async function find(sha256: string): Promise<StoredObject | null> {
    const info = await stat(pathOf(sha256)).catch(() => null);
    return info ? { sha256, sizeBytes: info.size } : null;
  }

  /** Gives a finished file its name. An object that is already there stays as it is: same name, same bytes. */
  async function seal(temporary: string, written: StoredObject): Promise<StoredObject> {
    const target = pathOf(written.sha256);
    // What is read comes from the pages that are being forced to the disk, so neither has to wait for the other; both must succeed.
    const [reread] = await Promise.all([hashFile(temporary), syncPath(temporary)]);
    if (reread.sha256 !== written.sha256)
      throw new AppError("HASH_MISMATCH", {}, { detail: "stored bytes differ from received bytes" });
    await chmod(temporary, 0o444);
    await mkdir(dirname(target), { recursive: true });
    await link(temporary, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await syncPath(dirname(target));
    return written;
  }

  async function put(
    write: (temporary: string) => Promise<StoredObject>,
    expectedSha256?: string,
  ): Promise<StoredObject> {
    const temporary = join(incoming, randomUUID());
    try {
      const written = await write(temporary);
      if (expectedSha256 !== undefined && written.sha256 !== expectedSha256) {
        throw new AppError("HASH_MISMATCH", {}, { detail: `expected ${expectedSha256}, got ${written.sha256}` });
      }
      return await seal(temporary, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new AppError("STORE_FULL", {}, { cause: error });
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  return {
    kind: "folder",
    putFile: (path, options = {}) =>
      put(async (temporary) => {
        // On the same file system our own file is linked, not copied; `seal` reads it once to hash or to verify it.
        const linked =
          options.ours === true &&
          (await link(path, temporary).then(
            () => true,
            () => false,
          ));
        if (linked && options.expectedSha256 !== undefined)
          return { sha256: options.expectedSha256, sizeBytes: (await stat(temporary)).size };
        if (linked) return hashFile(temporary);
        return writeHashed(
          createReadStream(path, { highWaterMark: 1 << 20 }),
          createWriteStream(temporary, { flags: "wx" }),
        );
      }, options.expectedSha256),
    putBytes: (bytes) =>
      put(async (temporary) => {
        await writeFile(temporary, bytes, { flag: "wx" });
        return hashFile(temporary);
      }),
    find,
    read: async (sha256, range) => {
      if (!(await find(sha256))) throw new AppError("NOT_FOUND", {}, { detail: `object ${sha256}` });
      return createReadStream(pathOf(sha256), range ? { start: range.from, end: range.to } : {}) as Readable;
    },
    verify: async (sha256) => {
      if (!(await find(sha256))) return false;
      return (await hashFile(pathOf(sha256))).sha256 === sha256;
    },
    withFile: async (sha256, use) => {
      if (!(await find(sha256))) throw new AppError("NOT_FOUND", {}, { detail: `object ${sha256}` });
      return use(pathOf(sha256));
    },
    remove: async (sha256) => {
      await rm(pathOf(sha256), { force: true });
      await syncPath(dirname(pathOf(sha256))).catch(ignoreAbsent);
    },
  };
}

const ignoreAbsent = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "ENOENT") throw error;
};

/** Forces a file's or folder's content to the disk. */
async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
