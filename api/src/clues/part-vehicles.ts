import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { areTwoVehicles, isStanding, joiningMotion, openStates } from "@mingcha/models/clue";
import type { Profile } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { loadSightings, type Sighting } from "./find-vehicles.ts";

const machine = { kind: "machine", id: "api", name: "api" } as const;

/** Records whose sightings are loaded at a time. */
const page = 500;

type Row = { id: string; violation: string };

/** Where a clue begins that is not part of another. */
export const firstState = ({ review }: Profile): "PRESCREEN" | "TECH_REVIEW" =>
  review.prescreen ? "PRESCREEN" : "TECH_REVIEW";

/**
 * Gives a record of its own to every joined sighting that turned out to be of another vehicle: its plate is read, and its place computed, only
 * after it was joined. With `since` only where a flag changed since then; what a reviewer
 * corrected is found without, in the records that are still open.
 */
export async function partVehicles({ db, profile }: Deps, since?: Date): Promise<void> {
  const changed =
    since === undefined
      ? await db.$queryRaw<Row[]>`
          select distinct m.id::text, m.violation from clue m join clue c on c.merged_into_id = m.id
          where m.state::text = any(${openStates})`
      : await db.$queryRaw<Row[]>`
          select c.merged_into_id::text as id, c.violation from flag f join clue c on c.flag_id = f.id
          where c.state = 'MERGED' and f.updated_at >= ${since}
          union select m.id::text, m.violation from flag f join clue m on m.flag_id = f.id
          where f.updated_at >= ${since} and exists (select 1 from clue c where c.merged_into_id = m.id)`;
  const vehicles = changed.filter(({ violation }) => !isStanding(joiningMotion(findViolation(violation))));
  const ids = vehicles.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += page)
    for (const sightings of await loadSightings(db, ids.slice(from, from + page)))
      for (const other of othersIn(sightings)) await db.$transaction((tx) => part(tx, other, profile));
}

/**
 * Sightings that are of another vehicle than their record. Its plate is that of its own source, else the first that a joined one made out. Where both
 * models read one plate and a person corrected it, the correction is of both.
 */
function othersIn([own, ...joined]: readonly Sighting[]): Sighting[] {
  if (own === undefined) return [];
  const plate = [own, ...joined].find((one) => one.plate !== null)?.plate ?? null;
  const isReadAlike = ({ readPlate }: Sighting): boolean => readPlate !== null && readPlate === own.readPlate;
  return joined.filter((sighting) => !isReadAlike(sighting) && areTwoVehicles({ ...own, plate }, sighting));
}

async function part(tx: DatabaseOrTransaction, { id, mergedIntoId }: Sighting, profile: Profile): Promise<void> {
  const state = firstState(profile);
  const { count } = await tx.clue.updateMany({
    where: { id, state: "MERGED", mergedIntoId },
    data: { state, mergedIntoId: null, version: { increment: 1 } },
  });
  if (count === 0) return;
  await appendCustody(tx, {
    action: "clue.parted",
    subject: `clue:${id}`,
    actor: machine,
    detail: { state, partedFrom: mergedIntoId },
  });
}
