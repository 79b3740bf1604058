import type { Database } from "@mingcha/infra/db";

/** One line for the supervisor: how many files are in, waiting and refused. */
export async function progressLine(db: Pick<Database, "intake">): Promise<string> {
  const groups = await db.intake.groupBy({ by: ["state"], _count: true });
  const count = (state: string): number => groups.find((group) => group.state === state)?._count ?? 0;
  const stored = count("STORED") + count("DUPLICATE");
  return `${stored} files stored, ${count("WAITING")} waiting, ${count("QUARANTINED")} refused`;
}
