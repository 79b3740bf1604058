import {
  joinTwoLines,
  type Picture,
  type PlateKind,
  type PlateReading,
  readPlateOutputs,
  type StageOf,
  warpQuad,
} from "@mingcha/models/attributes";
import type { FoundPlate } from "./find-plate.ts";
import type { StageSession } from "./open-stage.ts";

/**
 * Reads the text inside four corners of the full-size picture; null where there is none. A number painted large (`large_number`) is read
 * by the same model; nothing finds it, so its corners come from a person.
 */
export async function readPlate(
  reader: StageSession<StageOf<"characters">>,
  picture: Picture,
  { corners, lines }: Pick<FoundPlate, "corners" | "lines">,
  kind: PlateKind = "plate",
): Promise<PlateReading | null> {
  const { input, outputs } = reader.stage;
  const size = { widthPx: input.width, heightPx: input.height };
  const rgb = lines === 2 ? joinTwoLines(picture, corners, size) : warpQuad(picture, corners, size);
  if (rgb === undefined) return null;
  const out = await reader.run(rgb);
  const columns = out[outputs.characters];
  const layouts = out[outputs.layout];
  return columns === undefined || layouts === undefined
    ? null
    : readPlateOutputs({ columns, layouts }, reader.stage, kind);
}
