/** What the register of enforcement objects holds (domain H.2 EnforcementObject and Place). */
export const objectKinds = {
  /** 一店一档 */
  shop: { zh: "商户", en: "Shop" },
  /** 一车一档 */
  vehicle: { zh: "车辆", en: "Vehicle" },
  /** 疏导点、许可时段: a place where something is allowed at certain hours. */
  permit: { zh: "疏导点·许可", en: "Permitted place and hours" },
  /** 出土工地: where muck trucks are loaded. */
  site: { zh: "出土工地", en: "Building site" },
  /** 消纳点、卸点 */
  tipping: { zh: "消纳点", en: "Tipping site" },
  /** 建筑垃圾处置许可: route, hours, quota and tipping sites of a site's muck. */
  disposal: { zh: "处置许可", en: "Disposal permit" },
} as const;
export type ObjectKind = keyof typeof objectKinds;
export const objectKindCodes = Object.keys(objectKinds) as [ObjectKind, ...ObjectKind[]];

/** Kinds that are no shop, vehicle or place of a permit: base data of muck transport, entered as a sheet enters them. */
export const muckKindCodes = ["site", "tipping", "disposal"] as const;
export type MuckKind = (typeof muckKindCodes)[number];
export const isMuckKind = (kind: ObjectKind): kind is MuckKind => (muckKindCodes as readonly string[]).includes(kind);

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
