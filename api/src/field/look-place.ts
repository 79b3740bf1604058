import { noFixReasons } from "@mingcha/models/field";
import type { LookPlace } from "@mingcha/models/http";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { placeMoments } from "./place-clip-looks.ts";
import { aboutAt, loadSnapRegister } from "./snap-register.ts";

/** Where the car was at a record's widest picture, else its first: a proposal beside the stated place. Null for another kind of source. */
export async function viewLookPlace(deps: Pick<Deps, "db" | "mapBase">, clue: LoadedClue): Promise<LookPlace> {
  if (clue.flag.source.kind !== "patrol") return { place: null };
  const wanted = clue.flag.evidence.find(({ kind }) => kind === "wide") ?? clue.flag.evidence[0];
  const clip = wanted === undefined ? null : await deps.db.clip.findUnique({ where: { id: wanted.clipId } });
  if (wanted === undefined || clip === null) return { place: null };
  const [look] = await placeMoments(deps.db, clip, [wanted.offsetMs]);
  if (look === undefined) return { place: null };
  const { offsetMs } = wanted;
  if (look.kind === "no_fix")
    return { place: { clipId: clip.id, offsetMs, about: null, why: noFixReasons[look.because] } };
  return {
    place: { clipId: clip.id, offsetMs, about: aboutAt(look, await loadSnapRegister(deps, [look])), why: null },
  };
}
