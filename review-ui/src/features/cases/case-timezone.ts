/** A case is written in the bureau's own time; the contract gives a case no zone of its own. */
export const caseTimezone = "Asia/Shanghai";
