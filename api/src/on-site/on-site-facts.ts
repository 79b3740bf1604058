import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { GuardFacts } from "@mingcha/models/clue";
import { type OnSitePhotoKind, onSiteFindingsSchema } from "@mingcha/models/on-site";
import type { Deps } from "../deps.ts";
import {
  checkInForce,
  type LoadedCheck,
  loadChecks,
  officerIdsOf,
  photosInForce,
  signaturesInForce,
} from "./load-check.ts";

/** What the guards look at of a record's on-site checks. Signatures are compared with the content anew, whatever the state says. */
export async function onSiteFacts(
  { db, profile }: Pick<Deps, "profile"> & { readonly db: DatabaseOrTransaction },
  clue: { id: string; round: number },
): Promise<Pick<GuardFacts, "onSite" | "everCheckedBy">> {
  const checks = await loadChecks(db, clue.id);
  const check = checkInForce(checks, clue.round);
  const everCheckedBy = checks.filter(({ state }) => state !== "WITHDRAWN").flatMap(officerIdsOf);
  if (check === undefined) return { onSite: null, everCheckedBy };
  return {
    onSite: {
      officerIds: officerIdsOf(check),
      signedBy: check.state === "SIGNED_BY_BOTH" ? signaturesInForce(check).map(({ personId }) => personId) : [],
      result: onSiteFindingsSchema.parse(check.findings).result,
      photos: photosInForce(check).map(({ kind }) => ({ kind: kind as OnSitePhotoKind })),
      minPhotos: profile.onSite.minPhotos,
      beganAtMs: beganAtMs(check),
    },
    everCheckedBy,
  };
}

/** The phone writes the arrival, the server the rest: whoever claims to have come later than the photos did has not. */
function beganAtMs(check: LoadedCheck): number | null {
  const { arrivedAt } = onSiteFindingsSchema.parse(check.findings);
  const instants = [
    ...(arrivedAt === null ? [] : [Date.parse(arrivedAt)]),
    ...photosInForce(check).map(({ receivedAt }) => receivedAt.getTime()),
    ...signaturesInForce(check).map(({ signedAt }) => signedAt.getTime()),
  ];
  return instants.length === 0 ? null : Math.min(...instants);
}
