import type { Readable } from "node:stream";

/** Gets a frame that stays valid until its promise is settled. */
export type OnFrame = (frame: Uint8Array<ArrayBuffer>, index: number) => Promise<void>;

export type FrameCutter = {
  /** Whole frames cut so far. */
  count: () => number;
  /** Settles when every frame cut so far has been looked at. */
  settled: () => Promise<void>;
  /** First exception of the reader; nothing is handed over after it. */
  failure: () => unknown;
  detach: () => void;
};

/** Frames kept in this process: one being looked at, the others being filled. */
const ringFrames = 3;

/**
 * Cuts a pipe of raw pictures into frames of equal size and hands them over one after another. Reading goes on while a frame is looked at,
 * until the ring is full; then the pipe is paused and whoever writes waits.
 */
export function cutFrames(pipe: Readable, frameBytes: number, onFrame: OnFrame, onProgress: () => void): FrameCutter {
  const ring = Array.from({ length: ringFrames }, () => new Uint8Array(frameBytes));
  /** Read but not yet cut into frames. More than one piece only at the end: Node resumes a paused pipe when its process exits. */
  const backlog: Buffer[] = [];
  let filled = 0;
  let index = 0;
  let inUse = 0;
  let working = Promise.resolve();
  let failure: unknown;

  const cut = (): void => {
    for (let chunk = backlog[0]; chunk !== undefined && inUse < ringFrames; chunk = backlog[0]) {
      const frame = ring[index % ringFrames] as Uint8Array<ArrayBuffer>;
      const part = Math.min(frameBytes - filled, chunk.length);
      frame.set(chunk.subarray(0, part), filled);
      filled += part;
      if (part === chunk.length) backlog.shift();
      else backlog[0] = chunk.subarray(part);
      if (filled < frameBytes) continue;
      filled = 0;
      const number = index++;
      inUse++;
      working = working.then(() => hand(frame, number));
    }
    if (backlog.length > 0) pipe.pause();
    else pipe.resume();
  };
  const hand = async (frame: Uint8Array<ArrayBuffer>, number: number): Promise<void> => {
    if (failure === undefined)
      await onFrame(frame, number).catch((error: unknown) => {
        failure = error ?? new Error("the reader of a frame failed");
      });
    inUse--;
    onProgress();
    cut();
  };
  const onData = (chunk: Buffer): void => {
    backlog.push(chunk);
    cut();
    onProgress();
  };
  pipe.on("data", onData);
  return {
    count: () => index,
    settled: async () => {
      // Each frame may release the next from the backlog.
      for (let seen: Promise<void> | undefined; seen !== working; ) {
        seen = working;
        await seen;
      }
    },
    failure: () => failure,
    detach: () => {
      pipe.off("data", onData);
    },
  };
}
