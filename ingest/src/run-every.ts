import type { Logger } from "@mingcha/infra/log";

/** Repeats a task, never two at once; a failure is logged and the next turn comes all the same. Returns how to stop and wait. */
export function runEvery(ms: number, name: string, task: () => Promise<unknown>, log: Logger): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const turn = (): void => {
    running = task()
      .catch((error: unknown) => log.warn({ err: error, task: name }, "periodic task failed; it comes again"))
      .finally(() => {
        if (!isStopped) timer = setTimeout(turn, ms);
      });
  };
  turn();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
