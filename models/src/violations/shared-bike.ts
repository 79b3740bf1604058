import { defineViolation } from "./define.ts";

/**
 * Two-wheelers stand in numbers where none may be parked. 上海市非机动车安全管理条例 (2024-05-10) Art. 31(2) (read): the operator clears
 * them within two hours of notice; no penalty article was located. Five machines and half an hour are settings, not law.
 */
export const sharedBike = defineViolation({
  code: "SHARED_BIKE",
  title: { zh: "共享单车乱停放", en: "Shared bicycles parked at random" },
  roles: ["two-wheeler"],
  zoneKinds: ["public_ground", "no_stopping", "road"],
  motion: "stands",
  eachMustDwell: false,
  dwellS: 1800,
  graceS: 60,
  minScore: 0.35,
  minContact: 0.3,
  minCount: 5,
  judgedByPerson: [
    {
      attribute: "operator",
      question: { zh: "是否为共享单车，属哪家企业", en: "are they shared bicycles, and whose" },
    },
  ],
  falsePositives: [
    { zh: "私人自行车或电动车", en: "private bicycles or e-bikes" },
    { zh: "施划的非机动车停放区", en: "a marked bicycle parking area" },
    { zh: "运维人员正在整理", en: "the operator's staff tidying up" },
  ],
});
