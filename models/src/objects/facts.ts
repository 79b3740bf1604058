import { z } from "zod";
import { activeSchema } from "../calendar/schema.ts";
import { findPersonStarted, findViolation } from "../violations/index.ts";
import { checkCreditCode, normalizeCreditCode } from "./credit-code.ts";
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

export const shopSchema = z.object({
  kind: z.literal("shop"),
  name: lineSchema(200),
  creditCode: optional(creditCodeSchema),
  operator: optional(lineSchema(100)),
  telephone: optional(telephoneSchema),
  address: optional(lineSchema(300)),
  /** As scenes and clues write it: what they say and what stands here must be the same text to be found. */
  place: lineSchema(300),
  pledges: z.array(pledgeSchema).max(50).default([]),
  note: optional(lineSchema(1_000)),
});

export const vehicleSchema = z.object({
  kind: z.literal("vehicle"),
  plate: plateSchema,
  plateColour: optional(z.enum(plateColourCodes)),
  carrier: optional(lineSchema(200)),
  /** 准运证、处置证 */
  permitNo: optional(lineSchema(120)),
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
    note: optional(lineSchema(1_000)),
  })
  .refine(({ validFrom, validTo }) => validFrom <= validTo, {
    message: "截止早于开始 / it ends before it begins",
    path: ["validTo"],
  });

/** One object of the register, as entered. Null: not known; it stays a visible blank wherever it is used. */
export const objectFactSchema = z.discriminatedUnion("kind", [shopSchema, vehicleSchema, permitFactSchema]);
export type ObjectFact = z.output<typeof objectFactSchema>;
export type ObjectFactInput = z.input<typeof objectFactSchema>;
export type ShopFact = z.output<typeof shopSchema>;
export type VehicleFact = z.output<typeof vehicleSchema>;
export type PermitFact = z.output<typeof permitFactSchema>;
