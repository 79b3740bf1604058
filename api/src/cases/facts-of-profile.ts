import type { CaseFacts } from "@mingcha/models/documents";
import { findPolicy, type Profile, provisionsOn } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";

/** The authority as its papers name it. */
export function bureauFacts({ bureau }: Profile): CaseFacts["bureau"] {
  return {
    name: bureau.name.zh,
    shortName: bureau.short,
    authorityCode: bureau.authorityCode,
    address: bureau.address,
    contact: bureau.contact,
    phone: bureau.phone,
  };
}

/** Provisions that the profile names for a violation, in force on the day of the act. */
export function provisionFacts(profile: Profile, violation: string, day: string): CaseFacts["provisions"] {
  const policy = findPolicy(profile, violation);
  if (policy === null) return [];
  return provisionsOn(policy, day).map((item) => ({
    law: item.law,
    article: item.article,
    version: item.validFrom === null ? null : `${item.validFrom}起施行`,
    role: item.use,
    text: null,
    verified: item.verifiedBy !== null,
  }));
}

/** What has to be corrected and what follows, in the bureau's own words. */
export function orderFacts({ dissuasion }: Profile, violation: string): CaseFacts["order"] {
  const act = findViolation(violation)?.title.zh ?? violation;
  const { requirement, consequence, verified } = dissuasion;
  return { requirement: requirement.replaceAll("{act}", act), consequence, verified };
}
