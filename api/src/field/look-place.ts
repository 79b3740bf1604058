import { noFixReasons } from "@mingcha/models/field";
import type { LookPlace } from "@mingcha/models/http";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { placePictures } from "./place-clip-looks.ts";
import { aboutAt, loadSnapRegister } from "./snap-register.ts";

/** Where the car was at the first of a record's pictures that has a place: a proposal beside the stated place. Null for another kind of source. */
export async function viewLookPlace(deps: Pick<Deps, "db" | "mapBase">, clue: LoadedClue): Promise<LookPlace> {
  if (clue.flag.source.kind !== "patrol") return { place: null };
  const found = await placePictures(deps.db, clue.flag.evidence);
  if (found === null) return { place: null };
  const { look, picture } = found;
  const { clipId, offsetMs } = picture;
  if (look.kind === "no_fix") return { place: { clipId, offsetMs, about: null, why: noFixReasons[look.because] } };
  return {
    place: { clipId, offsetMs, about: aboutAt(look, await loadSnapRegister(deps, [look])), why: null },
  };
}
