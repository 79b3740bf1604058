import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { exifFactsSchema } from "@mingcha/infra/photos";
import type { CaseFacts, EvidenceItem } from "@mingcha/models/documents";
import { type OnSitePhotoKind, onSiteFindingsSchema, onSitePhotoKinds } from "@mingcha/models/on-site";
import type { Deps } from "../deps.ts";
import {
  checkInForce,
  contentOf,
  type LoadedCheck,
  loadChecks,
  officerIdsOf,
  photosInForce,
  signaturesInForce,
} from "../on-site/load-check.ts";
import { findNamed } from "../on-site/view-check.ts";
import type { LoadedCase } from "./load-case.ts";

export const storedAt = "明察证据库（写一次存储，按内容哈希寻址）";
const known = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** The check of the record's round that both officers signed, and whose content is still what they signed; null: there is none. */
export async function signedCheckOf(
  db: DatabaseOrTransaction,
  clue: { readonly id: string; readonly round: number },
): Promise<LoadedCheck | null> {
  const check = checkInForce(await loadChecks(db, clue.id), clue.round);
  return check?.state === "SIGNED_BY_BOTH" && signaturesInForce(check).length === 2 ? check : null;
}

/** The photos as the list of evidence names them: the phone's own bytes, who took them, when by EXIF, else when they arrived. */
export async function onSiteEvidence(deps: Deps, check: LoadedCheck | null): Promise<Omit<EvidenceItem, "no">[]> {
  if (check === null) return [];
  const people = await findNamed(deps, [check]);
  const photos = photosInForce(check).map((photo): Omit<EvidenceItem, "no"> => {
    const { make, model } = exifFactsSchema.parse(photo.exif);
    const camera = [make, model].filter((part) => part !== null).join(" ");
    const kind = onSitePhotoKinds[photo.kind as OnSitePhotoKind];
    return {
      origin: "place",
      name: `现场照片（${kind.zh}）`,
      kind: "electronic_data",
      sourceName: `现场核查${camera === "" ? "" : `（${camera}）`}`,
      deviceId: null,
      madeBy: people.get(photo.takenBy)?.name ?? null,
      method:
        photo.capturedAt === null
          ? "执法人员现场拍摄，原始文件未作处理；照片未载明拍摄时间，所列为接收时间"
          : "执法人员现场拍摄，原始文件未作处理；时间为照片载明的拍摄时间",
      capturedAt: (photo.capturedAt ?? photo.receivedAt).toISOString(),
      durationS: null,
      sizeBytes: photo.sizeBytes,
      sha256: photo.sha256,
      parentSha256: null,
      proves: kind.proves,
      remark: null,
      storedAt,
      picture: true,
    };
  });
  return [...photos, recordItem(check, people)];
}

/** What both officers signed is evidence of its own (行政处罚法 46: 勘验笔录、现场笔录). */
function recordItem(check: LoadedCheck, people: Awaited<ReturnType<typeof findNamed>>): Omit<EvidenceItem, "no"> {
  const { bytes, sha256 } = contentOf(check);
  return {
    origin: "place",
    name: "现场检查（勘验）记录",
    kind: "site_record",
    sourceName: "现场核查",
    deviceId: null,
    madeBy: officerIdsOf(check)
      .flatMap((id) => people.get(id)?.name ?? [])
      .join("、"),
    method: "两名执法人员现场填写，各自在系统中对同一内容签名；校验值为签名内容的校验值",
    capturedAt: onSiteFindingsSchema.parse(check.findings).arrivedAt,
    durationS: null,
    sizeBytes: bytes.length,
    sha256,
    parentSha256: null,
    proves: "两名执法人员在现场所见",
    remark: null,
    storedAt: "明察数据库（签名内容原样保存）",
    picture: false,
  };
}

/** Where the officers' phone said they were. */
export function positionAtPlace(check: LoadedCheck | null): CaseFacts["case"]["coordinates"] {
  const position = check === null ? null : onSiteFindingsSchema.parse(check.findings).position;
  return position === null ? null : { longitude: position.longitude, latitude: position.latitude };
}

/** One sentence of the facts text. */
export async function onSiteActFacts(deps: Deps, check: LoadedCheck | null): Promise<CaseFacts["act"]["onSiteCheck"]> {
  if (check === null) return null;
  const people = await findNamed(deps, [check]);
  const { arrivedAt, result } = onSiteFindingsSchema.parse(check.findings);
  return {
    at: arrivedAt,
    officers: officerIdsOf(check).flatMap((id) => people.get(id)?.name ?? []),
    finding: result,
  };
}

/** What the record of the on-site inspection says; weather and measures are left to be written by hand. */
export async function onSiteRecordFacts(
  deps: Deps,
  check: LoadedCheck | null,
  evidence: readonly EvidenceItem[],
): Promise<CaseFacts["onSite"]> {
  if (check === null) return null;
  const people = await findNamed(deps, [check]);
  const said = onSiteFindingsSchema.parse(check.findings);
  const officer = (id: string) => ({ name: people.get(id)?.name ?? null, badgeNo: people.get(id)?.badgeNo ?? null });
  const hashes = photosInForce(check).map(({ sha256 }) => sha256);
  return {
    arrivedAt: said.arrivedAt,
    endedAt: signaturesInForce(check).at(-1)?.signedAt.toISOString() ?? null,
    position: said.position,
    weather: null,
    officers: [officer(check.firstOfficerId), officer(check.secondOfficerId)],
    result: said.result,
    findings: known(said.findings),
    measures: null,
    party: said.party,
    partyName: known(said.partyName),
    partySaid: known(said.partySaid),
    idShown: said.idShown,
    rightsTold: said.rightsTold,
    photoNos: evidence.filter(({ sha256 }) => sha256 !== null && hashes.includes(sha256)).map(({ no }) => no),
    contentSha256: contentOf(check).sha256,
  };
}

/** Upright pictures to print, each by the hash of its original. */
export async function onSitePictures(deps: Deps, found: LoadedCase) {
  const check = await signedCheckOf(deps.db, found.clue);
  return (check === null ? [] : photosInForce(check)).map((photo) => ({
    originalSha256: photo.sha256,
    sha256: photo.viewSha256,
    widthPx: photo.viewWidthPx,
    heightPx: photo.viewHeightPx,
  }));
}
