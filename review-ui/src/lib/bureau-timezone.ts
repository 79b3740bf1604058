/** Accounts, sessions and decisions of people are shown in the time of the bureau. */
export const bureauTimezone = "Asia/Shanghai";
