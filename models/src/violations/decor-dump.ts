import { defineViolation } from "./define.ts";

/**
 * Bags or rubble from interior works left where they may not be. 上海市市容环境卫生管理条例 (2022) Art. 51(3), from a press report of a
 * case: to be verified. What the heap is made of, no model tells. The ten minutes are a setting, not law.
 */
export const decorDump = defineViolation({
  code: "DECOR_DUMP",
  title: { zh: "擅自倾倒装修垃圾", en: "Dumping of decoration waste" },
  roles: ["goods"],
  zoneKinds: ["public_ground", "road", "no_stall"],
  motion: "stands",
  eachMustDwell: false,
  dwellS: 600,
  graceS: 60,
  minScore: 0.35,
  minContact: 0.25,
  judgedByPerson: [
    { attribute: "material", question: { zh: "是否为装修垃圾", en: "is it decoration waste" } },
    { attribute: "origin", question: { zh: "由谁投放", en: "who left it there" } },
  ],
  falsePositives: [
    { zh: "指定的装修垃圾临时投放点", en: "a designated collection point" },
    { zh: "等待清运的袋装垃圾", en: "bags waiting for collection" },
    { zh: "商铺进货", en: "a delivery to a shop" },
  ],
});
