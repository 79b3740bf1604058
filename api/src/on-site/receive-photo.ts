import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { freeBytes, writeHashed } from "@mingcha/infra/storage";
import { AppError } from "@mingcha/models";
import { onSitePhotoMaxBytes } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";

/** What a killed process left behind is nobody's after so long. */
const leftoverMs = 3_600_000;

/**
 * Writes a body into the staging folder while hashing it, calls `use` with the file, and leaves nothing there, whatever happens. The row
 * and the object come into being only after `use` has looked at a whole file.
 */
export async function receivePhoto<T>(
  deps: Pick<Deps, "environment">,
  body: NodeJS.ReadableStream,
  use: (file: { path: string; sha256: string; sizeBytes: number }) => Promise<T>,
  { maxBytes = onSitePhotoMaxBytes, staging = "on-site" }: { maxBytes?: number; staging?: string } = {},
): Promise<T> {
  const folder = join(deps.environment.MINGCHA_DATA, "staging", staging);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  if ((await freeBytes(folder)) < deps.environment.MINGCHA_MIN_FREE_MB * 1_048_576 + maxBytes)
    throw new AppError("STORE_FULL");
  const path = join(folder, randomUUID());
  try {
    const written = await writeHashed(
      limitBytes(body, maxBytes),
      createWriteStream(path, { flags: "wx", mode: 0o600 }),
    );
    return await use({ path, ...written });
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * Counts instead of believing what a request says of its length. A connection that breaks ends it with an error; too many bytes do not
 * break the connection, or the sender would never read why.
 */
function limitBytes(body: NodeJS.ReadableStream, maxBytes: number): Transform {
  let sizeBytes = 0;
  const limited = new Transform({
    transform(piece: Buffer, _encoding, done) {
      sizeBytes += piece.length;
      const mib = maxBytes / 1_048_576;
      const isOver = sizeBytes > maxBytes;
      done(
        isOver ? new AppError("MEDIA_REFUSED", { zh: `文件超过 ${mib} MB`, en: `more than ${mib} MB` }) : null,
        isOver ? undefined : piece,
      );
    },
  });
  let isWhole = false;
  body.on("end", () => {
    isWhole = true;
  });
  body.on("error", (error: Error) => limited.destroy(error));
  body.on("close", () => {
    if (!isWhole) limited.destroy(new AppError("BAD_INPUT", { reason: "传输中断 / the transfer broke off" }));
  });
  return body.pipe(limited);
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info !== null && Date.now() - info.mtimeMs > leftoverMs) await rm(path, { force: true });
  }
}
