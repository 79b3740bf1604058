import { setTimeout as sleep } from "node:timers/promises";

/** What a task gives, or that it took too long; then it goes on by itself and nobody hears of it any more. */
export async function within<T>(ms: number, task: Promise<T>): Promise<T | "late"> {
  const clock = new AbortController();
  const late = sleep(ms, "late" as const, { signal: clock.signal });
  // both may end after the race is over
  late.catch(() => undefined);
  task.catch(() => undefined);
  try {
    return await Promise.race([task, late]);
  } finally {
    clock.abort();
  }
}
