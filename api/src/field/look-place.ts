import { noFixReasons } from "@mingcha/models/field";
import type { LookPlace } from "@mingcha/models/http";
import type { LoadedClue } from "../clues/load-clue.ts";
import type { Deps } from "../deps.ts";
import { aboutAt } from "./about-at.ts";
import { placePictures } from "./place-clip-looks.ts";

/**
 * Where the car was at a record's whole view: a proposal beside the stated place. Where that moment has no place, why; what its other pictures
 * say stands by itself, each with its own time. Null for another kind of source.
 */
export async function viewLookPlace(deps: Pick<Deps, "db" | "mapBase">, clue: LoadedClue): Promise<LookPlace> {
  if (clue.flag.source.kind !== "patrol") return { place: null };
  const [first, ...rest] = await placePictures(deps.db, clue.flag.evidence);
  if (first === undefined) return { place: null };
  const { clipId, offsetMs } = first.picture;
  if (first.look.kind === "placed")
    return { place: { clipId, offsetMs, about: await aboutAt(deps, first.look), why: null, others: [] } };
  const others = [];
  for (const { look, picture } of rest)
    if (look.kind === "placed")
      others.push({
        clipId: picture.clipId,
        offsetMs: picture.offsetMs,
        capturedAt: picture.capturedAt.toISOString(),
        about: await aboutAt(deps, look),
      });
  return { place: { clipId, offsetMs, about: null, why: noFixReasons[first.look.because], others } };
}
