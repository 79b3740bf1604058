import { z } from "zod";
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
    .refine((points) => polygonArea(points) > 1e-6, { message: "encloses no area" }),
  place: z.string().exactOptional(),
});
export type Zone = z.infer<typeof zoneSchema>;

const clockSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { message: 'must be a time of day like "07:30"' });
const daysSchema = z.string().regex(/^[1-7](-[1-7])?(,[1-7](-[1-7])?)*$/, {
  message: 'must be ISO weekdays like "1-5" or "1,3,6-7" (1 = Monday)',
});

/** When a rule applies, in the source's time zone. `to` before `from` runs over midnight and belongs to the day it starts on. */
export const activeSchema = z.object({ days: daysSchema.default("1-7"), from: clockSchema, to: clockSchema });
export type Active = z.infer<typeof activeSchema>;

export const ruleSchema = z.object({
  violation: z.string().min(1),
  zones: z.array(z.string().min(1)).min(1),
  /** Left out: the violation's own. */
  roles: z.array(roleOrLabelSchema).min(1).exactOptional(),
  dwellS: z.number().min(0).max(604_800).exactOptional(),
  graceS: z.number().min(0).max(86_400).exactOptional(),
  minScore: share.exactOptional(),
  active: activeSchema.exactOptional(),
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

export const sceneSourceSchema = z.object({
  id: z.string().min(1),
  name: z.string().default(""),
  kind: z.string().default("fixed"),
  longitude: z.number().min(-180).max(180).exactOptional(),
  latitude: z.number().min(-90).max(90).exactOptional(),
  timezone: z.string().default("Asia/Shanghai").refine(isTimezone, { message: "is no time zone name" }),
});

/** A mark may lie a little outside the picture: what is known of the ground there still fixes the ground inside. */
const markSchema = z.tuple([z.number().min(-1).max(2), z.number().min(-1).max(2)]);

/** Image → ground: the same point in shares of the picture and in metres from an origin of your choice. */
export const calibrationSchema = z.object({
  points: z.array(z.object({ px: markSchema, m: z.tuple([z.number(), z.number()]) })).min(4),
});

export const sceneSchema = z
  .object({
    source: sceneSourceSchema,
    lookEveryS: z.number().min(0.04).max(86_400).default(2),
    calibration: calibrationSchema.exactOptional(),
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
          message: `"${zone.id}" is used twice`,
        });
    });
    rules.forEach((rule, r) => {
      rule.zones.forEach((id, z) => {
        const zone = zones.find((other) => other.id === id);
        const problem =
          zone === undefined
            ? `"${id}" is no zone of this scene`
            : zone.kind === "exempt" || zone.kind === "privacy"
              ? `"${id}" is an ${zone.kind} zone: no rule can apply there`
              : undefined;
        if (problem !== undefined)
          ctx.issues.push({ code: "custom", input: id, path: ["rules", r, "zones", z], message: problem });
      });
    });
  });

/** A source's zones, calibration and rules: the file `npm run analyze -- --scene` reads, and one version of it in the database. */
export type Scene = z.infer<typeof sceneSchema>;
export type SceneInput = z.input<typeof sceneSchema>;
