import { defineViolation } from "./define.ts";

/** Unauthorised street stall: goods, a cart or a canopy that stays on public ground. */
export const stall = defineViolation({
  code: "STALL",
  title: { zh: "占道设摊", en: "Unauthorised street stall" },
  roles: ["cart", "canopy", "goods"],
  zoneKinds: ["no_stall", "public_ground", "road"],
  motion: "stands",
  eachMustDwell: false,
  dwellS: 180,
  graceS: 30,
  minScore: 0.35,
  minContact: 0.25,
  judgedByPerson: [{ attribute: "trading", question: { zh: "是否有售卖行为", en: "is anything being sold" } }],
  falsePositives: [
    { zh: "携带行李的行人", en: "pedestrians with luggage" },
    { zh: "经许可的集市或疏导点", en: "a permitted market" },
  ],
});
