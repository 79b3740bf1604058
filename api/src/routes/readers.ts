import type { Duty } from "@mingcha/models";

/** Who may look at records: everyone in the chain, and those who supervise it. Pilots and administrators may not browse. */
export const recordReaders: readonly Duty[] = [
  "monitor",
  "technical_reviewer",
  "legal_reviewer",
  "handler",
  "head",
  "auditor",
];
/** Who may look at cases. */
export const caseReaders: readonly Duty[] = ["handler", "legal_reviewer", "head", "auditor"];
/** Who may see what the register says of a device: everyone in the chain but the handlers, and the administrator. Each kind of record names its own writers. */
export const deviceReaders: readonly Duty[] = [
  "monitor",
  "technical_reviewer",
  "legal_reviewer",
  "head",
  "auditor",
  "administrator",
];
