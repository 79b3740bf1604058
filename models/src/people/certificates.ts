/**
 * What an officer can be certified for. The enforcement certificate is asked of every officer (APL 42); the qualification for legal review
 * of whoever does both reviews in one sitting (domain H.7 [P]).
 */
export const certificateKinds = {
  enforcement: { zh: "行政执法证", en: "Enforcement certificate" },
  legal: { zh: "法制审核资格", en: "Qualification for legal review" },
} as const;
export type CertificateKind = keyof typeof certificateKinds;
export const certificateKindOf = (kind: string): CertificateKind => (kind === "legal" ? "legal" : "enforcement");
export const certificateKindCodes = Object.keys(certificateKinds) as [CertificateKind, ...CertificateKind[]];

/** One certificate as it was entered: days (YYYY-MM-DD), both included. */
export interface CertificateTerm {
  readonly validFrom: string;
  readonly validTo: string;
  /** Withdrawn entries were wrong from the start; an early end is a withdrawal and a new entry. */
  readonly withdrawn: boolean;
}

/** Days before the end of a certificate from which its renewal is asked for: a house rule [P], two months for the office that issues it. */
export const expiringWithinDays = 60;

/** Whether a certificate covered a day: the day of the officer's own act, whatever holds today (domain H.1, APL 42). */
export function qualifiedOn(certificates: readonly CertificateTerm[], day: string): boolean {
  return certificates.some(({ validFrom, validTo, withdrawn }) => !withdrawn && validFrom <= day && day <= validTo);
}

/** Last day that is covered without a gap from `day` on; null: the day itself is not covered. */
export function qualifiedUntil(certificates: readonly CertificateTerm[], day: string): string | null {
  let until: string | null = null;
  const terms = certificates
    .filter(({ withdrawn }) => !withdrawn)
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));
  for (const { validFrom, validTo } of terms) {
    const next = until === null ? day : dayAfter(until);
    if (validFrom <= next && validTo >= next) until = validTo;
  }
  return until;
}

/** Where a person's qualification stands on a day. */
export function certificateState(
  certificates: readonly CertificateTerm[],
  day: string,
  withinDays = expiringWithinDays,
): { state: "none" | "lapsed" | "expiring" | "valid"; until: string | null } {
  const until = qualifiedUntil(certificates, day);
  if (until === null)
    return { state: certificates.some(({ withdrawn }) => !withdrawn) ? "lapsed" : "none", until: null };
  return { state: until < addDays(day, withinDays) ? "expiring" : "valid", until };
}

const dayAfter = (day: string): string => addDays(day, 1);

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
