import { defineViolation } from "./define.ts";

/** Business beyond doors, windows and outer walls. Dwell: practice of 3–5 minutes before an alarm (Lai'an, press). */
export const crossDoor = defineViolation({
  code: "CROSS_DOOR",
  title: { zh: "跨门经营", en: "Business beyond the door line" },
  // No canopy: an awning fixed to the wall is not business on the pavement.
  roles: ["goods", "furniture", "cart"],
  zoneKinds: ["public_ground", "door_line", "no_stall", "road"],
  motion: "stands",
  eachMustDwell: false,
  dwellS: 300,
  graceS: 30,
  minScore: 0.35,
  minContact: 0.25,
  judgedByPerson: [],
  falsePositives: [
    { zh: "正在装卸货", en: "loading or unloading" },
    { zh: "正在打扫门前", en: "cleaning in front of the door" },
    { zh: "经许可的外摆", en: "permitted outdoor placement" },
    { zh: "顾客或他人暂放的物品", en: "things of customers or others" },
  ],
});
