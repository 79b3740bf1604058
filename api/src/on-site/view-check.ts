import { exifFactsSchema } from "@mingcha/infra/photos";
import type { OnSiteCheckView, OnSitePhotoView } from "@mingcha/models/http";
import { type OnSitePhotoKind, onSiteFindingsSchema, onSiteGaps, positionSchema } from "@mingcha/models/on-site";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { contentOf, type LoadedCheck, officerIdsOf, photosInForce, signaturesInForce } from "./load-check.ts";
import { mayWithdraw } from "./withdraw-check.ts";

type People = ReadonlyMap<string, { readonly name: string; readonly badgeNo: string | null }>;

/** Everybody who is named in checks, by id. */
export async function findNamed({ db }: Pick<Deps, "db">, checks: readonly LoadedCheck[]): Promise<People> {
  const ids = checks.flatMap((check) => [
    ...officerIdsOf(check),
    check.dispatchedBy,
    ...(check.withdrawnBy === null ? [] : [check.withdrawnBy]),
    ...check.photos.flatMap(({ takenBy, withdrawnBy }) => (withdrawnBy === null ? [takenBy] : [takenBy, withdrawnBy])),
    ...check.signatures.map(({ personId }) => personId),
  ]);
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, badgeNo: true },
  });
  return new Map(people.map((person) => [person.id, person]));
}

const nameOf = (people: People, id: string | null): string => (id === null ? "" : (people.get(id)?.name ?? id));

/** Those who work on the matter see who the party said it is; the others see that it was said. */
const readsParty = (person: SignedIn): boolean =>
  person.duties.some((duty) => ["handler", "legal_reviewer", "head", "auditor"].includes(duty));

/** One check as pages show it; `isOpen`: its record waits for it and it is the one in force. */
export function viewCheck(
  deps: Deps,
  check: LoadedCheck,
  { people, person, isOpen }: { people: People; person: SignedIn; isOpen: boolean },
): OnSiteCheckView {
  const findings = onSiteFindingsSchema.parse(check.findings);
  const photos = photosInForce(check);
  const signed = signaturesInForce(check);
  const { minPhotos } = deps.profile.onSite;
  const gaps = onSiteGaps(
    findings,
    photos.map(({ kind }) => ({ kind: kind as OnSitePhotoKind })),
    minPhotos,
  );
  const mayWrite = isOpen && officerIdsOf(check).includes(person.id);
  return {
    id: check.id,
    clueId: check.clueId,
    state: check.state,
    version: check.version,
    officers: viewOfficers(check, people),
    dispatchedBy: nameOf(people, check.dispatchedBy),
    dispatchedAt: check.dispatchedAt.toISOString(),
    note: check.note,
    findings: readsParty(person) ? findings : { ...findings, partyName: "", partySaid: "" },
    photos: check.photos.map((photo) => viewPhoto(photo, people)),
    contentSha256: contentOf(check).sha256,
    voided: check.signatures.flatMap((row) =>
      row.voidedAt === null
        ? []
        : [
            {
              by: nameOf(people, row.personId),
              signedAt: row.signedAt.toISOString(),
              voidedAt: row.voidedAt.toISOString(),
              voidedFor: row.voidedFor as OnSiteCheckView["voided"][number]["voidedFor"],
            },
          ],
    ),
    withdrawn:
      check.withdrawnAt === null
        ? null
        : {
            at: check.withdrawnAt.toISOString(),
            by: nameOf(people, check.withdrawnBy),
            reason: check.withdrawnReason ?? "",
          },
    gaps,
    minPhotos,
    mayWrite,
    maySign: mayWrite && gaps.length === 0 && !signed.some(({ personId }) => personId === person.id),
    mayWithdraw: isOpen && mayWithdraw(check, person),
  };
}

/** The two officers, each with when they signed what stands there now. */
export function viewOfficers(check: LoadedCheck, people: People): OnSiteCheckView["officers"] {
  const signed = signaturesInForce(check);
  return officerIdsOf(check).map((id) => ({
    id,
    name: nameOf(people, id),
    badgeNo: people.get(id)?.badgeNo ?? null,
    signedAt: signed.find(({ personId }) => personId === id)?.signedAt.toISOString() ?? null,
  }));
}

function viewPhoto(photo: LoadedCheck["photos"][number], people: People): OnSitePhotoView {
  const exif = exifFactsSchema.parse(photo.exif);
  return {
    id: photo.id,
    kind: photo.kind as OnSitePhotoKind,
    sha256: photo.sha256,
    sizeBytes: photo.sizeBytes,
    mediaType: photo.mediaType,
    widthPx: photo.widthPx,
    heightPx: photo.heightPx,
    viewWidthPx: photo.viewWidthPx,
    viewHeightPx: photo.viewHeightPx,
    takenBy: nameOf(people, photo.takenBy),
    takenAt: photo.takenAt?.toISOString() ?? null,
    receivedAt: photo.receivedAt.toISOString(),
    capturedAt: photo.capturedAt?.toISOString() ?? null,
    capturedBy: photo.capturedBy as OnSitePhotoView["capturedBy"],
    differenceS: photo.capturedAt === null ? null : (photo.receivedAt.getTime() - photo.capturedAt.getTime()) / 1_000,
    camera: [exif.make, exif.model].filter((part) => part !== null).join(" ") || null,
    exifPosition: exif.position,
    bearingDeg: exif.bearingDeg,
    position: positionSchema.nullable().parse(photo.position),
    withdrawn:
      photo.withdrawnAt === null
        ? null
        : {
            at: photo.withdrawnAt.toISOString(),
            by: nameOf(people, photo.withdrawnBy),
            reason: photo.withdrawnReason ?? "",
          },
  };
}
