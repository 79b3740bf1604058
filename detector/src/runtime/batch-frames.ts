type Frame = Uint8Array<ArrayBuffer>;

/**
 * Lets several clips share one session: frames that wait while a run is going on go through the next one together, `batchMax` at most. One
 * that comes alone is not kept waiting for company. A run that fails fails the frames in it, no others.
 */
export function createFrameBatcher<Found>(
  detectBatch: (frames: readonly Frame[]) => Promise<Found[]>,
  batchMax: number,
): (frame: Frame) => Promise<Found> {
  type Waiting = { frame: Frame; resolve: (found: Found) => void; reject: (error: unknown) => void };
  const line: Waiting[] = [];
  let isRunning = false;

  const runAll = async (): Promise<void> => {
    isRunning = true;
    for (let batch = line.splice(0, batchMax); batch.length > 0; batch = line.splice(0, batchMax))
      await detectBatch(batch.map(({ frame }) => frame)).then(
        (found) => {
          for (const [index, { resolve }] of batch.entries()) resolve(found[index] as Found);
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error);
        },
      );
    isRunning = false;
  };
  return (frame) =>
    new Promise((resolve, reject) => {
      line.push({ frame, resolve, reject });
      if (!isRunning) void runAll();
    });
}
