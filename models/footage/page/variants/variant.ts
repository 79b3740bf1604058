/** What a scene variant is: a demo clip made from a seed, one picture a look, with the conditions it was made under. */
import type { Clip, ClipFacts } from "../clips/clip.ts";
import type { LensFaults } from "../lens.ts";
import type { Season, WeatherKind } from "../weather.ts";

export type Conditions = {
  seed: number;
  place: "street" | "gate";
  weather: WeatherKind;
  season: Season;
  /** people who pass while the clip lasts */
  people: number;
  cameraHeightM: number;
  fovDeg: number;
};

export type VariantFacts = ClipFacts & { conditions: Conditions };
export type Variant = Omit<Clip, "facts"> & { facts: () => VariantFacts; faults: LensFaults };
