export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Softmax of `count` numbers of `logits` from `from`, into `into`. The largest is taken off first, so nothing overflows. */
export function softmax(logits: Float32Array, from: number, count: number, into: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) largest = Math.max(largest, logits[from + i] as number);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const value = Math.exp((logits[from + i] as number) - largest);
    into[i] = value;
    sum += value;
  }
  for (let i = 0; i < count; i++) into[i] = (into[i] as number) / sum;
}
