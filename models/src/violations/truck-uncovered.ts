import { defineViolation } from "./define.ts";

/** A truck passes a gate; whether its load is covered is for a person (or a second model) to say. */
export const truckUncovered = defineViolation({
  code: "TRUCK_UNCOVERED",
  title: { zh: "运输车辆未密闭覆盖", en: "Truck with uncovered load" },
  roles: ["truck"],
  zoneKinds: ["truck_gate", "road"],
  motion: "passes",
  eachMustDwell: false,
  dwellS: 0,
  graceS: 3,
  minScore: 0.5,
  // A long vehicle is at the gate as long as a part of it is.
  minContact: 0.2,
  judgedByPerson: [
    {
      attribute: "cover",
      question: { zh: "货厢是否密闭或覆盖，由人判断", en: "is the load closed or covered: to be judged by a person" },
    },
    { attribute: "load", question: { zh: "货厢是否载货", en: "is the bed loaded" } },
  ],
  falsePositives: [
    { zh: "空车，篷布已收起", en: "an empty bed, its cover folded" },
    { zh: "车身潮湿反光", en: "a wet body that shines" },
  ],
});
