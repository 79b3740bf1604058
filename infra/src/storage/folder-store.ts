import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, link, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "@mingcha/models";
import { hashFile, writeHashed } from "./hash-file.ts";
import { objectKey } from "./keys.ts";
import type { ObjectStore, PutObject, StoredObject } from "./object-store.ts";
import { openOwnFolder } from "./own-folder.ts";
import { syncPath } from "./sync-path.ts";

/**
 * Objects in a folder, content-addressed, read-only once written, durable before `put` returns.
 * @param writer name of the process, for the folder of what it is writing (own-folder.ts).
 */
export async function openFolderStore(folder: string, writer: string): Promise<ObjectStore> {
  const incoming = await openOwnFolder(join(folder, "incoming"), writer);
  const damaged = join(folder, "damaged");
  const pathOf = (sha256: string) => join(folder, objectKey(sha256));

  async function find(sha256: string): Promise<StoredObject | null> {
    const info = await stat(pathOf(sha256)).catch(() => null);
    return info ? { sha256, sizeBytes: info.size } : null;
  }

  /**
   * Gives a finished file its name. `claimed`: what its bytes hashed to on their way here. An object that is already there and whole stays as
   * it is; one that is damaged steps aside, kept beside the others.
   */
  async function seal(temporary: string, claimed: string | undefined): Promise<PutObject> {
    // What is read comes from the pages that are being forced to the disk, so neither has to wait for the other; both must succeed.
    const [reread] = await Promise.all([hashFile(temporary), syncPath(temporary)]);
    if (claimed !== undefined && reread.sha256 !== claimed)
      throw new AppError("HASH_MISMATCH", {}, { detail: "stored bytes differ from received bytes" });
    const target = pathOf(reread.sha256);
    await chmod(temporary, 0o444);
    await mkdir(dirname(target), { recursive: true });
    let isMended = false;
    while (!(await linkNew(temporary, target))) {
      if (await isWhole(reread.sha256)) break;
      await mkdir(damaged, { recursive: true });
      await rename(target, join(damaged, `${reread.sha256}.${randomUUID()}`)).catch(ignoreAbsent);
      isMended = true;
    }
    await syncPath(dirname(target));
    return isMended ? { ...reread, isMended } : reread;
  }

  async function isWhole(sha256: string): Promise<boolean> {
    if (!(await find(sha256))) return false;
    return (await hashFile(pathOf(sha256))).sha256 === sha256;
  }

  /** @param write makes the temporary file and gives what it hashed on the way; undefined where it hashed nothing. */
  async function put(
    write: (temporary: string) => Promise<string | undefined>,
    expectedSha256?: string,
  ): Promise<PutObject> {
    const temporary = join(incoming, randomUUID());
    try {
      const hashed = await write(temporary);
      if (expectedSha256 !== undefined && hashed !== undefined && hashed !== expectedSha256) {
        throw new AppError("HASH_MISMATCH", {}, { detail: `expected ${expectedSha256}, got ${hashed}` });
      }
      return await seal(temporary, hashed ?? expectedSha256);
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
        // On the same file system our own file is linked, not copied; `seal` reads it, once.
        const linked =
          options.ours === true &&
          (await link(path, temporary).then(
            () => true,
            () => false,
          ));
        if (linked) return undefined;
        const source = createReadStream(path, { highWaterMark: 1 << 20 });
        return (await writeHashed(source, createWriteStream(temporary, { flags: "wx" }))).sha256;
      }, options.expectedSha256),
    putBytes: (bytes) =>
      put(async (temporary) => {
        await writeFile(temporary, bytes, { flag: "wx" });
        return createHash("sha256").update(bytes).digest("hex");
      }),
    find,
    read: async (sha256, range) => {
      if (!(await find(sha256))) throw new AppError("NOT_FOUND", {}, { detail: `object ${sha256}` });
      return createReadStream(pathOf(sha256), range ? { start: range.from, end: range.to } : {}) as Readable;
    },
    verify: isWhole,
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

/** A second name for a file; false where that name is taken. */
const linkNew = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );

const ignoreAbsent = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "ENOENT") throw error;
};
