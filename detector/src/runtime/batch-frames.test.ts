import { expect, test } from "vitest";
import { createFrameBatcher } from "./batch-frames.ts";

const frameOf = (value: number) => Uint8Array.of(value);

/** A session that answers when told to, and keeps the sizes of its runs. */
function slowSession() {
  const sizes: number[] = [];
  const finish: (() => void)[] = [];
  const detectBatch = (frames: readonly Uint8Array[]): Promise<number[]> => {
    sizes.push(frames.length);
    return new Promise((resolve, reject) =>
      finish.push(() =>
        frames.some(([value]) => value === 13)
          ? reject(new Error("13"))
          : resolve(frames.map(([value = 0]) => value * 2)),
      ),
    );
  };
  return { sizes, detectBatch, next: () => finish.shift()?.() };
}

test("a frame alone goes at once; those that come meanwhile go together, each with its own answer", async () => {
  const { sizes, detectBatch, next } = slowSession();
  const detect = createFrameBatcher(detectBatch, 4);
  const answers = Promise.all([1, 2, 3, 4, 5, 6].map((value) => detect(frameOf(value))));
  for (let i = 0; i < 3; i++) {
    next();
    await new Promise(setImmediate);
  }
  expect(await answers).toEqual([2, 4, 6, 8, 10, 12]);
  expect(sizes).toEqual([1, 4, 1]);
});

test("a run that fails fails its own frames, and the next run goes on", async () => {
  const { detectBatch, next } = slowSession();
  const detect = createFrameBatcher(detectBatch, 1);
  const answers = Promise.allSettled([detect(frameOf(13)), detect(frameOf(5))]);
  next();
  await new Promise(setImmediate);
  next();
  expect((await answers).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});
