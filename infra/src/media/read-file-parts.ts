import { open } from "node:fs/promises";

/** Reads some stretches of a file; undefined where one of them is not all there. */
export async function readFileParts(
  file: string,
  parts: readonly { at: number; bytes: number }[],
): Promise<Buffer[] | undefined> {
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const read: Buffer[] = [];
    for (const { at, bytes } of parts) {
      const buffer = Buffer.allocUnsafe(bytes);
      const { bytesRead } = await handle.read(buffer, 0, bytes, at);
      if (bytesRead < bytes) return undefined;
      read.push(buffer);
    }
    return read;
  } finally {
    await handle.close();
  }
}
