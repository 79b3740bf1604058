import { z } from "zod";

/** How a street is drawn: from the arterial road to the footpath. Any other word is drawn as `local`. */
export const streetClasses = ["main", "secondary", "local", "path"] as const;
export type StreetClass = (typeof streetClasses)[number];

/** `[longitude, latitude]` in WGS-84 degrees; a height after them is dropped. */
const positionSchema = z
  .array(z.number())
  .min(2)
  .transform(([longitude = 0, latitude = 0]): [number, number] => [longitude, latitude])
  .refine(([longitude, latitude]) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90, "not degrees");
const lineSchema = z.array(positionSchema).min(2).max(20_000);

const featureSchema = z.object({
  type: z.literal("Feature"),
  geometry: z.discriminatedUnion("type", [
    z.object({ type: z.literal("LineString"), coordinates: lineSchema }),
    z.object({ type: z.literal("MultiLineString"), coordinates: z.array(lineSchema).min(1).max(2_000) }),
  ]),
  properties: z.object({
    name: z.string().max(120).nullish(),
    class: z.string().max(60).nullish(),
  }),
});

/** Lines a bureau's file may have; with more, a browser no longer draws them in a moment. */
export const streetsMax = 50_000;
const fileSchema = z.object({ type: z.literal("FeatureCollection"), features: z.array(featureSchema).max(streetsMax) });

/** One street as it is drawn. */
export interface Street {
  readonly name: string | null;
  readonly class: StreetClass;
  readonly lines: readonly (readonly (readonly [number, number])[])[];
}

type Read =
  | { readonly kind: "ok"; readonly streets: readonly Street[] }
  | { readonly kind: "bad"; readonly text: { readonly zh: string; readonly en: string } };

const known = (word: string | null | undefined): StreetClass =>
  streetClasses.find((one) => one === word?.trim().toLowerCase()) ?? "local";

/** Reads a bureau's street lines: GeoJSON (RFC 7946) of lines with `name` and `class`, WGS-84. A wrong file is told in one sentence. */
export function readStreets(value: unknown): Read {
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) return { kind: "bad", text: sentenceOf(parsed.error.issues[0]) };
  return {
    kind: "ok",
    streets: parsed.data.features.map(({ geometry, properties }) => ({
      name: properties.name?.trim() || null,
      class: known(properties.class),
      lines: geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates,
    })),
  };
}

function sentenceOf(issue: z.core.$ZodIssue | undefined): { zh: string; en: string } {
  const [root, index] = issue?.path ?? [];
  if (issue?.message === "not degrees")
    return {
      zh: `第 ${Number(index) + 1} 条街道线的坐标不是经纬度：须为 WGS-84 经度、纬度（度），不能是投影坐标`,
      en: `street line ${Number(index) + 1} is not in degrees: longitude and latitude in WGS-84 are needed, not projected metres`,
    };
  if (root === "features" && issue?.code === "too_big" && index === undefined)
    return { zh: `街道线超过 ${streetsMax} 条`, en: `there are more than ${streetsMax} street lines` };
  if (root === "features" && typeof index === "number")
    return {
      zh: `第 ${index + 1} 个要素不是带 name、class 的 LineString 或 MultiLineString（${issue?.path.slice(2).join(".")}）`,
      en: `feature ${index + 1} is no LineString or MultiLineString with name and class (${issue?.path.slice(2).join(".")})`,
    };
  return { zh: "不是 GeoJSON 的 FeatureCollection", en: "it is no GeoJSON FeatureCollection" };
}
