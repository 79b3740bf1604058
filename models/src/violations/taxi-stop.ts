import { defineViolation } from "./define.ts";

/**
 * A car stops where it may not and a person boards or alights. 上海市出租汽车管理条例 Art. 24(3), 22(2), 45(3), read in an undated text:
 * to be verified that it is current. That the car is a taxi, no model tells. The 4 s (two pictures of the stop) are a setting, not law.
 */
export const taxiStop = defineViolation({
  code: "TAXI_STOP",
  title: { zh: "出租车违规上下客", en: "Taxi picking up or setting down where it may not" },
  roles: ["car"],
  zoneKinds: ["no_stopping", "road"],
  motion: "picks_up",
  eachMustDwell: true,
  dwellS: 4,
  graceS: 4,
  minScore: 0.4,
  minContact: 0.3,
  judgedByPerson: [
    { attribute: "taxi", question: { zh: "是否为出租汽车（顶灯、车身标识）", en: "is it a taxi (roof lamp, livery)" } },
    { attribute: "boarding", question: { zh: "是否有乘客上下车", en: "did a passenger board or alight" } },
  ],
  falsePositives: [
    { zh: "急病等紧急情况", en: "a medical emergency" },
    { zh: "交警指挥停车", en: "stopped by the police" },
    { zh: "网约车或私家车", en: "a private car" },
  ],
});
