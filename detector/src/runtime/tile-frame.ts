/**
 * The pixels of one part out of a frame of parts stacked one below another: a view where pixels lie interleaved, a copy of three stretches
 * into `target` where they lie in planes.
 */
export function tileFrame(
  stacked: Uint8Array<ArrayBuffer>,
  { index, count, isPlanar }: { index: number; count: number; isPlanar: boolean },
  target: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const bytes = stacked.length / count;
  if (!isPlanar) return stacked.subarray(index * bytes, (index + 1) * bytes);
  const plane = bytes / 3;
  for (let channel = 0; channel < 3; channel++) {
    const from = channel * plane * count + index * plane;
    target.set(stacked.subarray(from, from + plane), channel * plane);
  }
  return target;
}
