/** What the register of enforcement objects holds (domain H.2 EnforcementObject and Place). */
export const objectKinds = {
  /** 一店一档 */
  shop: { zh: "商户", en: "Shop" },
  /** 一车一档 */
  vehicle: { zh: "车辆", en: "Vehicle" },
  /** 疏导点、许可时段: a place where something is allowed at certain hours. */
  permit: { zh: "疏导点·许可", en: "Permitted place and hours" },
} as const;
export type ObjectKind = keyof typeof objectKinds;
export const objectKindCodes = Object.keys(objectKinds) as [ObjectKind, ...ObjectKind[]];

/**
 * Who may do what with the register (domain H.1, house choice). Handlers need the party, the head answers for permits, the administrator keeps
 * base data; monitoring staff and supervisors read. Reviewers see what bears on a record beside its picture, and confirm a match there.
 */
export const objectDuties = {
  read: ["monitor", "handler", "head", "auditor", "administrator"],
  write: ["handler", "head", "administrator"],
  /** A match between a record and an object is a person's finding, never a machine's (guard G-30). */
  confirm: ["technical_reviewer", "legal_reviewer", "handler"],
} as const;
