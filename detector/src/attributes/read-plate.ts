import {
  joinTwoLines,
  joinViews,
  type Picture,
  type PlateKind,
  type PlateReading,
  type PlateView,
  readPlateOutputs,
  type StageOf,
  tiltQuad,
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
  const { input, outputs, tilts } = reader.stage;
  const size = { widthPx: input.width, heightPx: input.height };
  const views: PlateView[] = [];
  for (const tilt of tilts) {
    const quad = tiltQuad(corners, tilt);
    const rgb = lines === 2 ? joinTwoLines(picture, quad, size) : warpQuad(picture, quad, { ...size, outside: "rim" });
    if (rgb === undefined) return null;
    const out = await reader.run(rgb);
    const columns = out[outputs.characters];
    const layouts = out[outputs.layout];
    if (columns === undefined || layouts === undefined) return null;
    views.push({ columns, layouts });
  }
  return readPlateOutputs(joinViews(views, 1 + [...reader.stage.charset].length), reader.stage, kind);
}
