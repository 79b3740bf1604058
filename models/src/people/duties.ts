/**
 * Duties a person may hold (design §1, domain H.1). A duty is what the law calls the position in the procedure,
 * not a rank. Machines hold none (guard G-30).
 */
export const duties = {
  monitor: { zh: "监控中心值班员", en: "Monitoring-centre staff" },
  pilot: { zh: "飞手", en: "Drone operator" },
  technical_reviewer: { zh: "技术审核员", en: "Technical reviewer" },
  legal_reviewer: { zh: "法制审核员", en: "Legal reviewer" },
  handler: { zh: "承办人", en: "Case handler" },
  head: { zh: "机关负责人", en: "Head of the authority" },
  auditor: { zh: "监督审计员", en: "Supervisor and auditor" },
  administrator: { zh: "系统管理员", en: "Administrator" },
} as const;

export type Duty = keyof typeof duties;
export const dutyCodes = Object.keys(duties) as Duty[];

/**
 * Pairs of duties that one account may never hold together: the administrator cannot review (domain H.1),
 * and collecting, reviewing and handling are kept in different hands (APL 41–42).
 */
export const incompatibleDuties: readonly (readonly [Duty, Duty])[] = [
  ["administrator", "technical_reviewer"],
  ["administrator", "legal_reviewer"],
  ["administrator", "handler"],
  ["administrator", "head"],
  ["auditor", "technical_reviewer"],
  ["auditor", "legal_reviewer"],
  ["auditor", "handler"],
  ["pilot", "technical_reviewer"],
  ["pilot", "legal_reviewer"],
];

/** The pairs of {@link incompatibleDuties} that a set of duties breaks; empty means the set is allowed. */
export function conflictingDuties(held: readonly Duty[]): (readonly [Duty, Duty])[] {
  return incompatibleDuties.filter(([a, b]) => held.includes(a) && held.includes(b));
}
