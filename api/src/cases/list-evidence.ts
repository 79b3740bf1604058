import { type PictureFault, pictureFaultCodes, pictureFaults } from "@mingcha/models/clue";
import type { CaseFacts, EvidenceItem } from "@mingcha/models/documents";
import { z } from "zod";
import type { findOriginals } from "../clues/load-clue.ts";
import { type Recheck, recheckItems } from "./list-rechecks.ts";
import type { LoadedCase } from "./load-case.ts";
import { storedAt } from "./on-site-facts.ts";
import { originOf, type Remarks } from "./origin-of.ts";

const evidenceNames: Record<string, string> = {
  wide: "全景图片",
  close: "近景图片",
  before: "行为前图片",
  during: "行为中图片",
  after: "行为后图片",
  clip: "视频片段",
};
const leftOutSchema = z.enum(pictureFaultCodes).nullable();

/** Why the case was filed without the pictures of the device; null: with them. */
export const leftOutOfCase = ({ leftOut }: Pick<LoadedCase, "leftOut">): PictureFault | null =>
  leftOutSchema.parse(leftOut);

/** Pictures cut from the originals that the reviews saw; later ones are not part of the record. */
export function evidenceOf(
  found: LoadedCase,
  originals: readonly { sha256: string }[],
): LoadedCase["clue"]["flag"]["evidence"] {
  const reviewed = new Set(originals.map(({ sha256 }) => sha256));
  return found.clue.flag.evidence.filter((item) => reviewed.has(item.parentSha256));
}

type Unnumbered = Omit<EvidenceItem, "no">;
const numbered = (items: readonly Unnumbered[]): EvidenceItem[] =>
  items.map((item, index) => ({ no: index + 1, ...item }));

interface ListedBeside {
  readonly rechecks: readonly Recheck[];
  readonly fromPlace: readonly Unnumbered[];
  readonly remarks: Remarks;
}

/**
 * Originals first, then what was cut from them, then the looking again, then what officers brought from the place, numbered as the papers
 * cite them. Where the record of the device is no evidence, only the last, and apart from it what was left out.
 */
export function listEvidence(
  found: LoadedCase,
  clips: Awaited<ReturnType<typeof findOriginals>>,
  { rechecks, fromPlace, remarks }: ListedBeside,
): { evidence: EvidenceItem[]; leftOut: CaseFacts["act"]["leftOut"] } {
  const known = new Set(clips.map(({ sha256 }) => sha256));
  const record = [...recordItems(found, clips, remarks), ...recheckItems(found, rechecks, { known, remarks })];
  const fault = leftOutOfCase(found);
  return fault === null
    ? { evidence: numbered([...record, ...fromPlace]), leftOut: null }
    : { evidence: numbered(fromPlace), leftOut: { reason: pictureFaults[fault].zh, items: numbered(record) } };
}

function recordItems(
  found: LoadedCase,
  clips: Awaited<ReturnType<typeof findOriginals>>,
  remarks: Remarks,
): Unnumbered[] {
  const { source } = found.clue.flag;
  const common = {
    origin: "record" as const,
    kind: "electronic_data" as const,
    sourceName: source.name,
    deviceId: source.deviceId,
    storedAt,
  };
  const originals = clips.map((clip) => ({
    ...common,
    name: `原始视频 ${clip.fileName}`,
    madeBy: source.name,
    ...originOf(clip, remarks),
    capturedAt: clip.startedAt.toISOString(),
    durationS: clip.durationMs / 1_000,
    sizeBytes: Number(clip.sizeBytes),
    sha256: clip.sha256,
    parentSha256: null,
    proves: "违法行为的过程与持续时间",
    picture: false,
  }));
  const derived = evidenceOf(found, clips).map((item) => ({
    ...common,
    name: evidenceNames[item.kind] ?? item.kind,
    madeBy: "明察系统自动截取",
    method: "自原始视频截取，未作增强处理",
    capturedAt: item.capturedAt.toISOString(),
    durationS: null,
    sizeBytes: item.sizeBytes,
    sha256: item.sha256,
    parentSha256: item.parentSha256,
    proves: provesOf(item.kind),
    remark: null,
    picture: item.mediaType.startsWith("image/"),
  }));
  return [...originals, ...derived];
}

export function provesOf(kind: string): string {
  return (
    {
      wide: "地点、周边参照物与行为全貌",
      close: "行为对象",
      before: "行为发生前的状态",
      during: "行为持续中的状态",
      after: "行为结束后的状态",
    }[kind] ?? "违法行为"
  );
}
