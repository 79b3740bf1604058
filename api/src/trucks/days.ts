import type { DatabaseOrTransaction } from "@mingcha/infra/db";

/** Has days compared once more; the sweep does it after the commit. */
export async function wantDays(tx: DatabaseOrTransaction, days: readonly string[]): Promise<void> {
  if (days.length === 0) return;
  await tx.$executeRaw`
    insert into truck_day (day) select unnest(${[...days].sort()}::text[])
    on conflict (day) do update set wanted = truck_day.wanted + 1`;
}
