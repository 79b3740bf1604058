import { defineViolation } from "./define.ts";

/** A motor vehicle stands where it may not. GA/T 832 asks for at least two pictures ten seconds apart: the dwell is never shorter in practice. */
export const sidewalkPark = defineViolation({
  code: "SIDEWALK_PARK",
  title: { zh: "人行道违停", en: "Vehicle parked on the pavement" },
  roles: ["car", "truck"],
  zoneKinds: ["no_stopping", "public_ground", "road"],
  motion: "stands",
  eachMustDwell: true,
  dwellS: 180,
  graceS: 15,
  minScore: 0.35,
  minContact: 0.3,
  judgedByPerson: [{ attribute: "driver", question: { zh: "驾驶人是否在场", en: "is the driver present" } }],
  falsePositives: [
    { zh: "施划的停车泊位", en: "a marked parking bay" },
    { zh: "执行任务的特种车辆", en: "an emergency vehicle on duty" },
  ],
});
