import { z } from "zod";
import { refusal } from "../calendar/refusal.ts";

/** What a thing is to a rule, whatever a model calls it. Models map their labels to roles; rules never name a model's class id. */
export const roles = ["goods", "furniture", "canopy", "cart", "person", "car", "truck", "two-wheeler"] as const;

export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** A role, or a model's own label as `label:bench`. */
export const roleOrLabelSchema = z.custom<Role | `label:${string}`>(
  (value) => typeof value === "string" && (roleSchema.safeParse(value).success || /^label:./.test(value)),
  refusal(
    `必须是 ${roles.join("、")} 之一，或以“label:bench”的形式写模型的标签`,
    `must be one of ${roles.join(", ")} or name a label of the model as "label:bench"`,
  ),
);
export type RoleOrLabel = z.infer<typeof roleOrLabelSchema>;

export const roleTitles: Record<Role, { zh: string; en: string }> = {
  goods: { zh: "货物", en: "goods" },
  furniture: { zh: "桌椅", en: "tables and chairs" },
  canopy: { zh: "伞篷", en: "canopy" },
  cart: { zh: "摊车", en: "cart" },
  person: { zh: "人", en: "person" },
  car: { zh: "轿车", en: "car" },
  truck: { zh: "货车", en: "truck" },
  "two-wheeler": { zh: "两轮车", en: "two-wheeler" },
};
