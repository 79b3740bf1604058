import { z } from "zod";
import { activeSchema } from "../calendar/schema.ts";
import { routePointsMax } from "../trips/route-line.ts";
import { findPersonStarted, findViolation } from "../violations/index.ts";
import { checkCreditCode, normalizeCreditCode } from "./credit-code.ts";
import { isMuckKind } from "./kinds.ts";
import { isPlate, normalizePlate, plateColourCodes } from "./plate.ts";

/** One line of text: blanks at its ends and runs of them taken out; a database cannot keep control characters. */
const lineSchema = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/[\s\p{Cc}]+/gu, " ").trim())
    .min(1, "不能为空 / may not be empty")
    .max(max, `最多 ${max} 字 / at most ${max} characters`);
const optional = <S extends z.ZodType>(schema: S) => schema.nullable().default(null);

export const creditCodeSchema = z
  .string()
  .max(60)
  .overwrite(normalizeCreditCode)
  .refine(
    (code) => checkCreditCode(code) === "ok",
    "不是有效的统一社会信用代码 / not a valid unified social credit code",
  );
export const plateSchema = z
  .string()
  .max(40)
  .overwrite(normalizePlate)
  .refine(isPlate, "不是登记机关核发的号牌号码 / not a plate that a registration office gives out");
const telephoneSchema = lineSchema(40).refine(
  (text) => /^[0-9+\-()（） ,，、;；转]+$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 5,
  "不是电话号码 / not a telephone number",
);

/** 告知承诺书, signed by an object (domain I.5: pledge linked to the object). */
export const pledgeSchema = z.object({ signedOn: z.iso.date(), reference: lineSchema(120) });
export type Pledge = z.infer<typeof pledgeSchema>;

/** WGS-84. */
const degreesSchema = { longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) };
const knownDegreesSchema = { longitude: optional(degreesSchema.longitude), latitude: optional(degreesSchema.latitude) };
type KnownDegrees = { longitude: number | null; latitude: number | null };
const areBothOrNone = ({ longitude, latitude }: KnownDegrees): boolean => (longitude === null) === (latitude === null);
const both = { message: "经度、纬度须同时填写 / longitude and latitude go together", path: ["latitude"] };

export const shopSchema = z
  .object({
    kind: z.literal("shop"),
    name: lineSchema(200),
    creditCode: optional(creditCodeSchema),
    operator: optional(lineSchema(100)),
    telephone: optional(telephoneSchema),
    address: optional(lineSchema(300)),
    /** As scenes and clues write it: what they say and what stands here must be the same text to be found. */
    place: lineSchema(300),
    ...knownDegreesSchema,
    pledges: z.array(pledgeSchema).max(50).default([]),
    note: optional(lineSchema(1_000)),
  })
  .refine(areBothOrNone, both);

export const vehicleSchema = z.object({
  kind: z.literal("vehicle"),
  plate: plateSchema,
  plateColour: optional(z.enum(plateColourCodes)),
  carrier: optional(lineSchema(200)),
  /** 准运证、处置证 */
  permitNo: optional(lineSchema(120)),
  /** Number of its positioning terminal, by which a gateway's reports (JT/T 808) are told apart. */
  terminalNo: optional(z.string().regex(/^\d{5,20}$/, "应为 5 至 20 位数字 / 5 to 20 digits")),
  telephone: optional(telephoneSchema),
  pledges: z.array(pledgeSchema).max(50).default([]),
  note: optional(lineSchema(1_000)),
});

export const isKnownViolation = (code: string): boolean =>
  findViolation(code) !== undefined || findPersonStarted(code) !== undefined;

export const permitFactSchema = z
  .object({
    kind: z.literal("permit"),
    place: lineSchema(300),
    /** What is allowed there, by the code of what it would be without the permit. */
    violations: z.array(z.string().refine(isKnownViolation, "不是已知事项 / not a known matter")).min(1).max(40),
    /** First and last day, both included, in the zone of the source. */
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    /** ISO weekdays like "1-5,7"; the day on which the hours begin decides. */
    days: activeSchema.shape.days,
    from: activeSchema.shape.from,
    to: activeSchema.shape.to,
    /** Number of the approval. */
    reference: lineSchema(200),
    ...knownDegreesSchema,
    note: optional(lineSchema(1_000)),
  })
  .refine(areBothOrNone, both)
  .refine(({ validFrom, validTo }) => validFrom <= validTo, {
    message: "截止早于开始 / it ends before it begins",
    path: ["validTo"],
  });

const radiusSchema = z.number().min(10).max(5_000).nullable().default(null);

/** 出土工地. Its name is what gate records and permits call it. */
export const siteSchema = z.object({
  kind: z.literal("site"),
  name: lineSchema(200),
  place: lineSchema(300),
  /** WGS-84. */
  ...degreesSchema,
  radiusM: radiusSchema,
  builder: optional(lineSchema(200)),
  contractor: optional(lineSchema(200)),
  /** Sources that look at its gates: what they flag of trucks is a pass there. */
  gateSources: z.array(lineSchema(100)).max(20).default([]),
  note: optional(lineSchema(1_000)),
});

/** 消纳点 */
export const tippingSchema = z.object({
  kind: z.literal("tipping"),
  name: lineSchema(200),
  place: lineSchema(300),
  ...degreesSchema,
  radiusM: radiusSchema,
  operatingUnit: optional(lineSchema(200)),
  note: optional(lineSchema(1_000)),
});

const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** 建筑垃圾处置许可 of one site: by which way, when, how much and where to. */
export const disposalSchema = z
  .object({
    kind: z.literal("disposal"),
    reference: lineSchema(200),
    site: lineSchema(200),
    /** Names of tipping sites. */
    tippingSites: z.array(lineSchema(200)).min(1).max(20),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    days: activeSchema.shape.days,
    from: activeSchema.shape.from,
    to: activeSchema.shape.to,
    quotaT: z.number().positive().max(100_000_000).nullable().default(null),
    carrier: optional(lineSchema(200)),
    /** Lines in WGS-84; null: the permit names no route. */
    route: z
      .array(z.array(positionSchema).min(2))
      .min(1)
      .refine(
        (lines) => lines.flat().length <= routePointsMax,
        `最多 ${routePointsMax} 点 / at most ${routePointsMax} points`,
      )
      .nullable()
      .default(null),
    /** Across the whole corridor, in metres. */
    corridorM: z.number().min(5).max(5_000).nullable().default(null),
    note: optional(lineSchema(1_000)),
  })
  .refine(({ validFrom, validTo }) => validFrom <= validTo, {
    message: "截止早于开始 / it ends before it begins",
    path: ["validTo"],
  })
  .refine(({ route, corridorM }) => route === null || corridorM !== null, {
    message: "有路线时须填走廊宽度 / a route needs the width of its corridor",
    path: ["corridorM"],
  });

/** One object of the register, as entered. Null: not known; it stays a visible blank wherever it is used. */
export const objectFactSchema = z.discriminatedUnion("kind", [
  shopSchema,
  vehicleSchema,
  permitFactSchema,
  siteSchema,
  tippingSchema,
  disposalSchema,
]);
export type ObjectFact = z.output<typeof objectFactSchema>;
export type ObjectFactInput = z.input<typeof objectFactSchema>;
export type ShopFact = z.output<typeof shopSchema>;
export type VehicleFact = z.output<typeof vehicleSchema>;
export type PermitFact = z.output<typeof permitFactSchema>;
export type SiteFact = z.output<typeof siteSchema>;
export type TippingFact = z.output<typeof tippingSchema>;
export type DisposalFact = z.output<typeof disposalSchema>;

export type MuckFact = SiteFact | TippingFact | DisposalFact;
export const isMuckFact = (fact: ObjectFact): fact is MuckFact => isMuckKind(fact.kind);
