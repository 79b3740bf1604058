import { type OnSiteFindings, type OnSitePhotoKind, partyPresences } from "./findings.ts";

interface Gap {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

/**
 * What a check still lacks before it can be signed; empty when nothing. The number of photos is the profile's (a proposal of the house);
 * that the certificate is shown stands in APL 55.
 */
export function onSiteGaps(
  { result, findings, arrivedAt, party, partyName, idShown, rightsTold }: OnSiteFindings,
  photos: readonly { readonly kind: OnSitePhotoKind }[],
  minPhotos: number,
): Gap[] {
  const met = party === "unnamed" || party === "named";
  const gap = (isOpen: boolean, id: string, zh: string, en: string): Gap[] => (isOpen ? [{ id, zh, en }] : []);
  return [
    ...photoGaps(photos, minPhotos),
    ...gap(arrivedAt === null, "arrivedAt", "未记录到达时间", "The time of arrival is not recorded"),
    ...gap(result === null, "result", "未选择核查结论", "No result is chosen"),
    ...gap(findings.trim() === "", "findings", "未填写现场情况", "What was found is not written down"),
    ...gap(party === null, "party", "未说明当事人是否在场", "It is not said whether the party was there"),
    ...gap(
      party === "named" && partyName.trim() === "",
      "partyName",
      `已选“${partyPresences.named.zh}”，但未填写其陈述的姓名`,
      "The party said who it is, but no name is written down",
    ),
    ...gap(
      met && !idShown,
      "idShown",
      "当事人在场，须出示执法证件",
      "The party was there: the certificate must be shown",
    ),
    ...gap(
      met && !rightsTold,
      "rightsTold",
      "当事人在场，须告知其权利",
      "The party was there: its rights must be told",
    ),
  ];
}

/** A check that ends without a finding needs photos of the place as much as one that confirms. */
export function photoGaps(photos: readonly { readonly kind: OnSitePhotoKind }[], minPhotos: number): Gap[] {
  const gaps: Gap[] = [];
  if (photos.length < minPhotos)
    gaps.push({
      id: "photos",
      zh: `现场照片 ${photos.length} 张，至少需要 ${minPhotos} 张`,
      en: `${photos.length} photos of the place, at least ${minPhotos} are needed`,
    });
  if (!photos.some(({ kind }) => kind === "wide"))
    gaps.push({ id: "wide", zh: "没有现场全景照片", en: "There is no wide photo of the place" });
  return gaps;
}
