import { z } from "zod";
import type { Text } from "../violations/define.ts";

/** Why a reading says what it says. Everything but `judged` leaves the attribute to a person. */
export const readingOutcomes = [
  "judged",
  "uncertain",
  "too_small",
  "not_found",
  "no_model",
  "not_asked_of_role",
] as const;
export type ReadingOutcome = (typeof readingOutcomes)[number];

export const readingOutcomeTexts: Record<ReadingOutcome, Text> = {
  judged: { zh: "由模型识别，须人工复核", en: "told by a model, to be checked by a person" },
  uncertain: { zh: "模型把握不足，由人判断", en: "the model is not certain enough: to be judged by a person" },
  too_small: { zh: "图像中过小，由人判断", en: "too small in the picture: to be judged by a person" },
  not_found: { zh: "未找到，由人判断", en: "not found: to be judged by a person" },
  no_model: { zh: "没有可用模型，由人判断", en: "no model at hand: to be judged by a person" },
  not_asked_of_role: {
    zh: "模型不适用于此类目标，由人判断",
    en: "the model is not for such things: to be judged by a person",
  },
};

/** Attributes with their names; an attribute that a model package brings without a name here is shown by its own. */
export const attributeTexts: Readonly<Record<string, Text>> = {
  cover: { zh: "密闭覆盖", en: "cover" },
  load: { zh: "载货", en: "load" },
  cleanliness: { zh: "车身、车轮带泥", en: "dirty body or wheels" },
  plate: { zh: "号牌", en: "licence plate" },
  plate_colour: { zh: "号牌颜色", en: "plate colour" },
  large_number: { zh: "放大号", en: "number painted large" },
};

/** What no picture of the thing alone shows and a person judges: names of the questions, not facts of the thing that could be corrected. */
export const questionTexts: Readonly<Record<string, Text>> = {
  trading: { zh: "售卖行为", en: "selling" },
  driver: { zh: "驾驶人在场", en: "driver present" },
  operator: { zh: "运营企业", en: "operator" },
  taxi: { zh: "出租汽车", en: "taxi" },
  boarding: { zh: "上下客", en: "boarding" },
  permit: { zh: "许可", en: "permit" },
  cargo: { zh: "所载物", en: "cargo" },
  material: { zh: "物料种类", en: "kind of material" },
  origin: { zh: "投放人", en: "who left it" },
};

/** Values of attributes in words; a plate's text is its own word. */
export const attributeValueTexts: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  cover: { covered: { zh: "已覆盖", en: "covered" }, open: { zh: "未覆盖", en: "not covered" } },
  load: { loaded: { zh: "载货", en: "loaded" }, empty: { zh: "空车", en: "empty" } },
  plate_colour: {
    yellow: { zh: "黄色", en: "yellow" },
    blue: { zh: "蓝色", en: "blue" },
    green: { zh: "绿色", en: "green" },
  },
};

const share = z.number().min(0).max(1);
const characterSchema = z.object({
  char: z.string(),
  confidence: share,
  alternatives: z.array(z.object({ char: z.string(), confidence: share })),
});

/** What a second look at one detection says about one attribute; `value` null means: to be judged by a person, never a guess. */
export const attributeReadingSchema = z.object({
  /** Index into the detections that were given. */
  detection: z.int().min(0),
  attribute: z.string(),
  value: z.string().nullable(),
  outcome: z.enum(readingOutcomes),
  /** Of the likeliest value, also where it was not certain enough; null where no model ran. */
  confidence: share.nullable(),
  modelId: z.string().nullable(),
  modelSha256: z.string().nullable(),
  /** Where an attribute is text: its characters, for a reviewer to check one by one. */
  plate: z
    .object({
      text: z.string(),
      characters: z.array(characterSchema),
      confidence: share,
      layout: z.string(),
      format: z.enum(["ok", "unlikely"]),
      /** Corners in shares of the picture, top left first, clockwise. */
      cornersNorm: z.array(z.tuple([z.number(), z.number()])).length(4),
    })
    .nullable(),
});
export type AttributeReading = z.infer<typeof attributeReadingSchema>;
