import { decodeCharacters, type ReadCharacter } from "./decode-characters.ts";
import type { StageOf } from "./manifest.ts";
import { largeNumberFormat, plateFormat } from "./plate-format.ts";

/** `large_number`: 放大号, the plate's number painted large on a lorry's body. */
export type PlateKind = "plate" | "large_number";

export type PlateReading = {
  text: string;
  characters: readonly ReadCharacter[];
  /** That of the least certain character. */
  confidence: number;
  /** Colour and arrangement, one of the reader's layouts. */
  layout: string;
  format: "ok" | "unlikely";
};

/**
 * What a reader's outputs say; null where no character was found. `columns` [steps, 1 + charset] and `layouts` [layouts] are probabilities.
 */
export function readPlateOutputs(
  { columns, layouts }: { columns: Float32Array; layouts: Float32Array },
  reader: Pick<StageOf<"characters">, "charset" | "layouts">,
  kind: PlateKind = "plate",
): PlateReading | null {
  const characters = decodeCharacters(columns, [...reader.charset]);
  if (characters.length === 0) return null;
  const text = characters.map(({ char }) => char).join("");
  let best = 0;
  for (let k = 1; k < layouts.length; k++) if ((layouts[k] as number) > (layouts[best] as number)) best = k;
  return {
    text,
    characters,
    confidence: Math.min(...characters.map(({ confidence }) => confidence)),
    layout: reader.layouts[best] ?? "",
    format: kind === "plate" ? plateFormat(text) : largeNumberFormat(text),
  };
}
