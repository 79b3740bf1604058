import { defineViolation } from "./define.ts";

/** Goods or material piled on a road or other public place. */
export const roadPile = defineViolation({
  code: "ROAD_PILE",
  title: { zh: "占道堆物", en: "Goods piled on public ground" },
  roles: ["goods", "furniture"],
  zoneKinds: ["public_ground", "road", "no_stall", "no_stopping"],
  motion: "stands",
  eachMustDwell: false,
  dwellS: 600,
  graceS: 60,
  minScore: 0.35,
  minContact: 0.25,
  judgedByPerson: [],
  falsePositives: [
    { zh: "等待清运的垃圾", en: "refuse waiting for collection" },
    { zh: "道路施工", en: "road works" },
    { zh: "有临时占道许可", en: "a permit for temporary use of the road" },
  ],
});
