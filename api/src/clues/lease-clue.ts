import { AppError } from "@mingcha/models";
import { transitionsFrom } from "@mingcha/models/clue";
import type { LeaseView } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { loadBars } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { openForReview } from "../seeded/open-seeded.ts";
import { barredReason, mayTry } from "./barred-reason.ts";
import { type LoadedClue, loadClue } from "./load-clue.ts";

/** A page that is open renews its lease well before this; one that was closed or lost gives it back by itself. */
export const leaseMs = 120_000;

type Leased = Pick<LoadedClue, "leasedBy" | "leasedUntil" | "leaser">;

/** Who else has the record open to decide, if anybody. */
export function takenByOther(clue: Leased, personId: string, now: Date): { name: string; until: string } | null {
  const { leasedBy, leasedUntil, leaser } = clue;
  if (leasedBy === null || leasedBy === personId || leasedUntil === null || leasedUntil <= now) return null;
  return { name: leaser?.name ?? leasedBy, until: leasedUntil.toISOString() };
}

/** Throws TAKEN where another person has the record. */
export function assertNotTaken(clue: Leased & { flag: LoadedClue["flag"] }, personId: string, now: Date): void {
  const taken = takenByOther(clue, personId, now);
  if (taken === null) return;
  const until = new Intl.DateTimeFormat("en-GB", {
    timeZone: clue.flag.source.timezone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(new Date(taken.until));
  throw new AppError("TAKEN", { who: taken.name, until });
}

/**
 * Keeps a record for the person who decides on it, or renews that; one statement decides between two who ask at once. Keeps
 * nothing where nothing in this state is theirs to decide, or another has it.
 */
export async function leaseClue(deps: Deps, id: string, person: SignedIn): Promise<LeaseView> {
  const { clue, seed } = await openForReview(deps.db, id, person);
  const hasStep = transitionsFrom(clue.state).some((row) => row.aside !== true && mayTry(row, person));
  if (!hasStep || barredReason(deps, clue, person, await loadBars(deps.db, person)) !== null)
    return { until: null, takenBy: null };
  const now = deps.now();
  const until = new Date(now.getTime() + leaseMs);
  // a known item is everybody's own
  if (seed !== null) return { until: until.toISOString(), takenBy: null };
  const { count } = await deps.db.clue.updateMany({
    where: { id, OR: [{ leasedBy: null }, { leasedBy: person.id }, { leasedUntil: { lte: now } }] },
    data: { leasedBy: person.id, leasedUntil: until },
  });
  if (count === 1) return { until: until.toISOString(), takenBy: null };
  return { until: null, takenBy: takenByOther(await loadClue(deps.db, id), person.id, now) };
}

/** Gives the record back; one that is another person's stays theirs. */
export async function returnClue({ db }: Pick<Deps, "db">, id: string, person: SignedIn): Promise<void> {
  await db.clue.updateMany({ where: { id, leasedBy: person.id }, data: { leasedBy: null, leasedUntil: null } });
}
