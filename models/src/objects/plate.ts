import { plateFormat } from "../attributes/plate-format.ts";

/** Colours of plates (GA 36-2018), with the names that sheets use. */
export const plateColours = {
  blue: { zh: "蓝色", en: "blue" },
  yellow: { zh: "黄色", en: "yellow" },
  green: { zh: "绿色", en: "green" },
  yellow_green: { zh: "黄绿双色", en: "yellow and green" },
  white: { zh: "白色", en: "white" },
  black: { zh: "黑色", en: "black" },
} as const;
export type PlateColour = keyof typeof plateColours;
export const plateColourCodes = Object.keys(plateColours) as [PlateColour, ...PlateColour[]];

/** One plate, one text: full-width characters, dots, spaces and hyphens taken out, letters capital. Nothing is guessed: an O stays an O. */
export const normalizePlate = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s·•・.．\-‐-―]/g, "")
    .toUpperCase();

/** Whether a registration office gives out such a plate; already normalised. */
export const isPlate = (plate: string): boolean => plateFormat(plate) === "ok";

/** A colour by its code or by a word of a sheet ("黄", "黄牌", "yellow"); null for what is none. */
export function findPlateColour(text: string): PlateColour | null {
  const word = text.trim().toLowerCase().replace(/牌$/, "").replace(/色$/, "");
  const short = word.replace(/双$/, "");
  return (
    plateColourCodes.find(
      (code) =>
        code === word || plateColours[code].en === word || plateColours[code].zh.replace(/双?色$/, "") === short,
    ) ?? null
  );
}
