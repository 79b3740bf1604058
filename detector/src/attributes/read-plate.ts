import {
  joinTwoLines,
  type Picture,
  type PlateKind,
  type PlateReading,
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
  const sums: { columns: Float32Array; layouts: Float32Array }[] = [];
  for (const tilt of tilts) {
    const quad = tiltQuad(corners, tilt);
    const rgb = lines === 2 ? joinTwoLines(picture, quad, size) : warpQuad(picture, quad, { ...size, outside: "rim" });
    if (rgb === undefined) return null;
    const out = await reader.run(rgb);
    const columns = out[outputs.characters];
    const layouts = out[outputs.layout];
    if (columns === undefined || layouts === undefined) return null;
    sums.push({ columns, layouts });
  }
  const mean = (name: "columns" | "layouts"): Float32Array =>
    (sums[0]?.[name] ?? new Float32Array()).map(
      (_, i) => sums.reduce((sum, s) => sum + (s[name][i] as number), 0) / sums.length,
    );
  return readPlateOutputs({ columns: mean("columns"), layouts: mean("layouts") }, reader.stage, kind);
}
