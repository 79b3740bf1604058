import { defineViolation } from "./define.ts";

/**
 * A truck passes a road it may not take, or at an hour at which it may not: the rule's zone is that road, its hours are those outside the
 * approval. 生态环境法典 Art. 241(1), in force 2026-08-15 (read): route; 浙江省城市市容和环境卫生管理条例 Art. 28(2) (read): route and time.
 * Which route and hours a truck was granted is a register query: a person's.
 */
export const truckOffRoute = defineViolation({
  code: "TRUCK_OFF_ROUTE",
  title: { zh: "运输车辆未按规定路线或时间行驶", en: "Truck off its approved route or hours" },
  roles: ["truck"],
  zoneKinds: ["road", "truck_gate"],
  motion: "passes",
  eachMustDwell: false,
  dwellS: 0,
  graceS: 3,
  minScore: 0.5,
  minContact: 0.2,
  judgedByPerson: [
    {
      attribute: "permit",
      question: {
        zh: "当时有效的核准路线和时间是否允许该车通行",
        en: "did the route and hours approved at that time allow it",
      },
    },
    {
      attribute: "cargo",
      question: {
        zh: "是否为建筑垃圾等散装物料运输车",
        en: "is it a carrier of construction waste or other bulk material",
      },
    },
  ],
  falsePositives: [
    { zh: "按交警指挥绕行", en: "a detour by police order" },
    { zh: "普通货车，不受路线限制", en: "an ordinary lorry that no route binds" },
  ],
});
