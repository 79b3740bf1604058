import { z } from "zod";
import { refusal } from "../calendar/refusal.ts";
import { activeSchema, permitSchema, restSchema } from "../calendar/schema.ts";
import { crsCodes } from "../geo/crs.ts";
import { polygonArea } from "../geometry/polygon.ts";
import { roleOrLabelSchema } from "./role.ts";

const share = z.number().min(0).max(1);
const pointSchema = z.tuple([share, share]);

/** What a zone means. `exempt` takes things out of every rule, `privacy` is never looked at. */
export const zoneKinds = [
  "public_ground",
  "door_line",
  "no_stall",
  "no_stopping",
  "truck_gate",
  "road",
  "exempt",
  "privacy",
] as const;
export const zoneKindSchema = z.enum(zoneKinds);
export type ZoneKind = z.infer<typeof zoneKindSchema>;

export const zoneSchema = z.object({
  id: z.string().min(1),
  kind: zoneKindSchema,
  /** Corners in shares of the picture, 0..1, origin top left, not repeated at the end. */
  polygon: z
    .array(pointSchema)
    .min(3)
    .refine((points) => polygonArea(points) > 1e-6, refusal("没有围出面积", "encloses no area")),
  /** The door line on the ground, from one end to the other, in shares of the picture: distances beyond it are told from here. */
  line: z.array(pointSchema).min(2).exactOptional(),
  place: z.string().exactOptional(),
  unless: z.array(restSchema).exactOptional(),
  permits: z.array(permitSchema).exactOptional(),
});
export type Zone = z.infer<typeof zoneSchema>;

export const ruleSchema = z.object({
  violation: z.string().min(1),
  zones: z.array(z.string().min(1)).min(1),
  /** Left out: the violation's own. */
  roles: z.array(roleOrLabelSchema).min(1).exactOptional(),
  dwellS: z.number().min(0).max(604_800).exactOptional(),
  graceS: z.number().min(0).max(86_400).exactOptional(),
  minScore: share.exactOptional(),
  /** Of what stood there when the watch began and has not gone since: what belongs to the street is always there. Left out: `minScore`. */
  minScoreFromStart: share.exactOptional(),
  /** Share of the ground a thing takes that must lie in the zone. */
  minContact: share.exactOptional(),
  /** Metres beyond the zone's door line that a thing must reach, measurement error deducted. */
  beyondM: z.number().min(0).max(100).exactOptional(),
  /** Things that must stand there together. */
  minCount: z.int().min(1).max(1000).exactOptional(),
  /** One window or several; left out: always. */
  active: z.union([activeSchema, z.array(activeSchema).min(1)]).exactOptional(),
  unless: z.array(restSchema).exactOptional(),
  permits: z.array(permitSchema).exactOptional(),
});
export type SceneRule = z.infer<typeof ruleSchema>;

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const sceneSourceSchema = z
  .object({
    id: z.string().min(1),
    name: z.string().default(""),
    kind: z.string().default("fixed"),
    /** As they were read, in the datum that `crs` names; the source itself is kept in WGS-84. */
    longitude: z.number().min(-180).max(180).exactOptional(),
    latitude: z.number().min(-90).max(90).exactOptional(),
    /** Left out: WGS-84. */
    crs: z.enum(crsCodes).exactOptional(),
    timezone: z.string().default("Asia/Shanghai").refine(isTimezone, refusal("不是时区名称", "is no time zone name")),
  })
  .refine(({ crs, longitude, latitude }) => crs === undefined || (longitude !== undefined && latitude !== undefined), {
    path: ["crs"],
    ...refusal("写明坐标系的，经度和纬度都要有", "a datum needs both longitude and latitude"),
  });

/** A mark may lie a little outside the picture: what is known of the ground there still fixes the ground inside. */
const markSchema = z.tuple([z.number().min(-1).max(2), z.number().min(-1).max(2)]);

/** Image → ground: the same point in shares of the picture and in metres from an origin of your choice. */
export const calibrationSchema = z.object({
  points: z.array(z.object({ px: markSchema, m: z.tuple([z.number(), z.number()]) })).min(4),
  /** Pixels of the upright picture. Only with it the camera's height and tilt follow from the points. */
  pictureSize: z.object({ widthPx: z.int().positive(), heightPx: z.int().positive() }).exactOptional(),
});

export const sceneSchema = z
  .object({
    source: sceneSourceSchema,
    lookEveryS: z.number().min(0.04).max(86_400).default(2),
    calibration: calibrationSchema.exactOptional(),
    /** Looked at in tiles beside the whole picture: tiles across the width, and the share by which neighbours overlap. */
    tiles: z.object({ across: z.int().min(1).max(16), overlap: z.number().min(0).max(0.5) }).exactOptional(),
    zones: z.array(zoneSchema),
    rules: z.array(ruleSchema),
  })
  .check((ctx) => {
    const { zones, rules } = ctx.value;
    zones.forEach((zone, i) => {
      if (zones.findIndex((other) => other.id === zone.id) < i)
        ctx.issues.push({
          code: "custom",
          input: zone.id,
          path: ["zones", i, "id"],
          ...refusal(`“${zone.id}”用了两次`, `"${zone.id}" is used twice`),
        });
    });
    rules.forEach((rule, r) => {
      const unmeasured = rule.zones.find((id) => zones.find((zone) => zone.id === id)?.line === undefined);
      const missing =
        ctx.value.calibration === undefined
          ? refusal("以米计的距离需要场景的地面标定", "a distance in metres needs the scene's calibration")
          : unmeasured === undefined
            ? undefined
            : refusal(
                `以米计的距离需要区域“${unmeasured}”的门线（line）`,
                `a distance in metres needs the door line of zone "${unmeasured}"`,
              );
      if (rule.beyondM !== undefined && missing !== undefined)
        ctx.issues.push({ code: "custom", input: rule.beyondM, path: ["rules", r, "beyondM"], ...missing });
      rule.zones.forEach((id, z) => {
        const zone = zones.find((other) => other.id === id);
        const problem =
          zone === undefined
            ? refusal(`本场景没有区域“${id}”`, `"${id}" is no zone of this scene`)
            : zone.kind === "exempt" || zone.kind === "privacy"
              ? refusal(
                  `“${id}”是 ${zone.kind} 区域，不能用于规则`,
                  `"${id}" is an ${zone.kind} zone: no rule can apply there`,
                )
              : undefined;
        if (problem !== undefined)
          ctx.issues.push({ code: "custom", input: id, path: ["rules", r, "zones", z], ...problem });
      });
    });
  });

/** A source's zones, calibration and rules: the file `npm run analyze -- --scene` reads, and one version of it in the database. */
export type Scene = z.infer<typeof sceneSchema>;
export type SceneInput = z.input<typeof sceneSchema>;
