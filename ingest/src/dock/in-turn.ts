/** Runs one after the other whatever became of those before; the first that failed is thrown at the end. */
export async function inTurn(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const failed: unknown[] = [];
  for (const task of tasks) await task().catch((error: unknown) => void failed.push(error));
  if (failed.length > 0) throw failed[0];
}
