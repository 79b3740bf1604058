/** The register is the bureau's: its times are shown in the bureau's zone. */
export const registerTimezone = "Asia/Shanghai";
