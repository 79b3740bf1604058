import type { OnnxSession } from "../runtime/onnx-session.ts";

const rounds = 12;

/**
 * CPU milliseconds a picture costs in batches of several sizes, boxes included; empty where the graph takes one picture a run. Sizes take
 * turns and the least of the rounds counts, so that other work on the machine favours none.
 */
export async function measureBatches(
  session: OnnxSession,
  frame: { width: number; height: number },
): Promise<{ size: number; ms: number }[]> {
  if (!session.canBatch) return [];
  const sizes = [1, 2, 4, 8];
  const pictures = sizes.map((size) =>
    Array.from({ length: size }, () => new Uint8Array(frame.width * frame.height * 3).fill(114)),
  );
  const least = sizes.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++)
    for (const [index, batch] of pictures.entries()) {
      const before = process.cpuUsage();
      await session.detectBatch(batch);
      const { user, system } = process.cpuUsage(before);
      least[index] = Math.min(least[index] ?? 0, (user + system) / 1000 / batch.length);
    }
  return sizes.map((size, index) => ({ size, ms: least[index] ?? Number.NaN }));
}
