import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { guards } from "@mingcha/models/clue";
import type { LoadedClue } from "../clues/load-clue.ts";
import { isRecusedFrom, loadStanding, recusalRow } from "./load-recusals.ts";

type Record = Pick<LoadedClue, "id" | "place" | "flag" | "corrections" | "recusals">;

/** Throws GUARD_REFUSED (H-43) where a person is recused from a record: for acts on it that are no arrow of the clue machine. */
export async function assertNotRecused(db: DatabaseOrTransaction, clue: Record, personId: string): Promise<void> {
  const recusals = [...clue.recusals.map(recusalRow), ...(await loadStanding(db, personId))];
  if (!isRecusedFrom(recusals, personId, clue)) return;
  const { basis, allowed } = guards["H-43"];
  throw new AppError("GUARD_REFUSED", {
    guard: "H-43",
    basis,
    zh: `您对该记录应当回避；${allowed.zh}`,
    en: `You are recused from this record; ${allowed.en}`,
  });
}
