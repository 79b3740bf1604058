import { defineViolation } from "./define.ts";

/**
 * A vehicle stops, leaves, and a heap stays. 生态环境法典 Art. 475, 518(2), 1169 (read), in force 2026-08-15.
 * The 20 s of the stop are a setting, not law.
 */
export const wasteDump = defineViolation({
  code: "WASTE_DUMP",
  title: { zh: "擅自倾倒建筑垃圾", en: "Illegal dumping of construction waste" },
  roles: ["truck"],
  zoneKinds: ["road", "public_ground", "no_stopping"],
  motion: "dumps",
  eachMustDwell: true,
  dwellS: 20,
  graceS: 10,
  minScore: 0.35,
  minContact: 0.2,
  judgedByPerson: [
    {
      attribute: "load",
      question: { zh: "车辆是否载货而来、空车离开", en: "did the vehicle come loaded and leave empty" },
    },
    { attribute: "material", question: { zh: "留下的是否为建筑垃圾", en: "is what stayed construction waste" } },
    {
      attribute: "permit",
      question: { zh: "该处是否为批准的消纳或临时堆放场所", en: "is the place an approved tipping or storage site" },
    },
  ],
  falsePositives: [
    { zh: "合法的临时堆放", en: "legal temporary storage" },
    { zh: "正常卸货", en: "an ordinary delivery" },
  ],
});
