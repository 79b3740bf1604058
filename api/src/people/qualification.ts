import { type CertificateKind, type CertificateTerm, qualifiedOn } from "@mingcha/models";
import { localDay } from "@mingcha/models/profile";

/** Certificates of a person as the database keeps them. */
export interface Certified {
  readonly certificates: readonly {
    readonly kind: string;
    readonly validFrom: Date;
    readonly validTo: Date;
    readonly withdrawnAt: Date | null;
  }[];
}

/** Day of a date column, which keeps midnight UTC. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
/** Midnight UTC of a calendar day, as date columns keep it. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

export function termsOf({ certificates }: Certified, kind: CertificateKind = "enforcement"): CertificateTerm[] {
  const held = certificates.filter((certificate) => certificate.kind === kind);
  return held.map(({ validFrom, validTo, withdrawnAt }) => ({
    validFrom: dayOf(validFrom),
    validTo: dayOf(validTo),
    withdrawn: withdrawnAt !== null,
  }));
}

/** Whether a certificate of the kind covers the day of an act where the bureau is. None on file: not qualified. */
export function isQualified(person: Certified, at: Date, timezone: string, kind?: CertificateKind): boolean {
  return qualifiedOn(termsOf(person, kind), localDay(at, timezone));
}
