import { defineViolation } from "./define.ts";

/**
 * A truck leaves a site; whether its body and wheels are clean is for a person (or a second model) to say.
 * 上海市市容环境卫生管理条例 (2022) Art. 23, known from a decision only: article and amount to be verified.
 */
export const truckDirty = defineViolation({
  code: "TRUCK_DIRTY",
  title: { zh: "车身不洁、带泥上路", en: "Truck with dirty body or wheels" },
  roles: ["truck"],
  zoneKinds: ["truck_gate", "road"],
  motion: "passes",
  eachMustDwell: false,
  dwellS: 0,
  graceS: 3,
  minScore: 0.5,
  minContact: 0.2,
  judgedByPerson: [
    {
      attribute: "cleanliness",
      question: {
        zh: "车身、车轮是否带泥或不洁，由人判断",
        en: "are body and wheels muddy or dirty: to be judged by a person",
      },
    },
  ],
  falsePositives: [
    { zh: "刚冲洗、车身潮湿", en: "a body still wet from the wheel-wash" },
    { zh: "阴影或锈迹", en: "shadow or rust" },
  ],
});
