import { type Database, type DatabaseOrTransaction, type IntakeModel, isDuplicate } from "@mingcha/infra/db";
import type { IntakeRefusal } from "./refusal.ts";
import { markRefused } from "./refuse-file.ts";
import type { StartHint } from "./start-hint.ts";
import type { Via } from "./via.ts";

export interface Arrival {
  readonly via: Via;
  readonly fileName: string;
  readonly stagedPath: string;
  /** The same file from the same place has the same key, however often it is seen. */
  readonly dedupeKey: string;
  readonly sizeBytes: number | bigint;
  /** As computed while it arrived; what is stored must have it. */
  readonly sha256?: string | null;
  readonly personId?: string | null;
  readonly sourceId?: string | null;
  /** Files of one flight. Groups of uploads hold several videos, told apart by base name; others hold one. */
  readonly groupId?: string | null;
  readonly startedAtHint?: Date | null;
  /** Of a part of a live source. */
  readonly startHint?: StartHint;
  /** Known to be unacceptable on arrival, e.g. with a wrong scene file. */
  readonly refusal?: IntakeRefusal;
}

/** Writes the row of a file that reached us; a second time it finds the first row. @param beside what is written with a new row, or not at all. */
export async function createIntake(
  db: Database,
  { refusal, ...arrival }: Arrival,
  beside: (transaction: DatabaseOrTransaction, intake: IntakeModel) => Promise<unknown> = async () => undefined,
): Promise<{ intake: IntakeModel; created: boolean }> {
  const known = await db.intake.findUnique({ where: { dedupeKey: arrival.dedupeKey } });
  if (known) return { intake: known, created: false };
  const data = { ...arrival, sizeBytes: BigInt(arrival.sizeBytes) };
  try {
    const intake = await db.$transaction(async (transaction) => {
      const row = await transaction.intake.create({ data });
      await beside(transaction, row);
      if (refusal === undefined) return row;
      await markRefused(transaction, row.id, refusal);
      return transaction.intake.findUniqueOrThrow({ where: { id: row.id } });
    });
    return { intake, created: true };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const intake = await db.intake.findUniqueOrThrow({ where: { dedupeKey: arrival.dedupeKey } });
    return { intake, created: false };
  }
}
