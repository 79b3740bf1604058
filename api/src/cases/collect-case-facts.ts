import { answerSchema, correctionReasons, legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { type CaseFacts, type EvidenceItem, emptyCaseFacts } from "@mingcha/models/documents";
import { partySchema, proposalSchema } from "@mingcha/models/http";
import { findPolicy, localDay, provisionsOn } from "@mingcha/models/profile";
import { isoInZone } from "@mingcha/models/scene";
import { findViolation } from "@mingcha/models/violations";
import { z } from "zod";
import { findOriginals } from "../clues/load-clue.ts";
import { viewCorrections } from "../corrections/view-corrections.ts";
import type { Deps } from "../deps.ts";
import { loadDevice } from "../devices/load-device.ts";
import { correctionActFacts } from "./correction-act-facts.ts";
import { deviceFacts } from "./device-facts.ts";
import type { LoadedCase } from "./load-case.ts";
import { onSiteActFacts, onSiteEvidence, onSiteRecordFacts, signedCheckOf, storedAt } from "./on-site-facts.ts";

const sourceKinds: Record<string, string> = {
  fixed: "固定摄像机",
  gate: "卡口摄像机",
  patrol: "巡查车",
  drone: "无人机",
  body: "执法记录仪",
  file: "上传文件",
};
const evidenceNames: Record<string, string> = {
  wide: "全景图片",
  close: "近景图片",
  before: "行为前图片",
  during: "行为中图片",
  after: "行为后图片",
  clip: "视频片段",
};
const intervalsSchema = z.array(
  z.object({ state: z.enum(["present", "absent", "blind"]), from: z.string(), to: z.string() }),
);
const dueDatesSchema = z.array(z.object({ title: z.object({ zh: z.string() }), dueOn: z.string(), basis: z.string() }));

/** Everything the case knows, for its documents. What is not known stays null and is printed as a visible blank. */
export async function collectCaseFacts(deps: Deps, found: LoadedCase): Promise<CaseFacts> {
  const { profile } = deps;
  const { clue } = found;
  const { flag } = clue;
  const { source } = flag;
  const violation = findViolation(found.violation);
  const clips = await findOriginals(deps.db, clue);
  const check = await signedCheckOf(deps, found);
  const evidence = listEvidence(found, clips, await onSiteEvidence(deps, check));
  const intervals = clipIntervals(intervalsSchema.parse(flag.intervals), clue);
  const empty = emptyCaseFacts();
  const [first, second] = found.handlers;
  const handler = (row: typeof first) => ({ name: row?.person.name ?? null, badgeNo: row?.person.badgeNo ?? null });
  const policy = findPolicy(profile, found.violation);
  const day = localDay(clue.from, source.timezone);
  return {
    ...empty,
    bureau: {
      name: profile.bureau.name.zh,
      shortName: profile.bureau.short,
      authorityCode: profile.bureau.authorityCode,
      address: profile.bureau.address,
      contact: profile.bureau.contact,
      phone: profile.bureau.phone,
    },
    case: {
      number: found.number,
      cause: found.cause,
      source: source.kind === "drone" ? "无人机巡查发现" : "电子技术监控设备发现",
      occurredFrom: clue.from.toISOString(),
      occurredTo: clue.to.toISOString(),
      filedOn: localDay(found.filedAt, profile.timezone),
      place: found.place,
      coordinates:
        source.longitude === null || source.latitude === null
          ? null
          : { longitude: source.longitude, latitude: source.latitude },
    },
    violation: { code: found.violation, titleZh: violation?.title.zh ?? null, titleEn: violation?.title.en ?? null },
    act: {
      ...empty.act,
      sourceName: source.name,
      deviceId: source.deviceId,
      intervals,
      presentS: intervals.reduce((sum, interval) => sum + (interval.state === "present" ? lengthS(interval) : 0), 0),
      evidenceNos: evidence.map((item) => item.no),
      ...(await correctionActFacts(deps.db, clue)),
      onSiteCheck: await onSiteActFacts(deps, check),
    },
    onSite: await onSiteRecordFacts(deps, check, evidence),
    party: partyFacts(found.party),
    evidence,
    ...deviceFacts(
      await loadDevice(deps.db, source.id, clue),
      { ...source, kindTitle: sourceKinds[source.kind] ?? source.kind },
      clue.from,
      profile.review,
    ),
    model: {
      id: flag.modelId,
      version: null,
      sha256: /^[0-9a-f]{64}$/.test(flag.modelSha256) ? flag.modelSha256 : null,
      score: flag.score,
      threshold: null,
    },
    reviews: reviewFacts(found, approvalOf(profile, found.violation)),
    corrections: correctionFacts(found),
    provisions:
      policy === null
        ? []
        : provisionsOn(policy, day).map((item) => ({
            law: item.law,
            article: item.article,
            version: item.validFrom === null ? null : `${item.validFrom}起施行`,
            role: item.use,
            text: null,
            verified: item.verifiedBy !== null,
          })),
    handlers: [handler(first), handler(second)],
    penalty: penaltyFacts(found.proposal),
    statement: {
      days: profile.statement.verified ? profile.statement.workingDays : null,
      unit: "working_days",
      channels: [],
    },
    dueDates: dueDatesSchema
      .parse(found.dueDates)
      .map((row) => ({ label: row.title.zh, dueOn: row.dueOn, basis: row.basis })),
  };
}

type Interval = z.infer<typeof intervalsSchema>[number];
const lengthS = ({ from, to }: Interval): number => (Date.parse(to) - Date.parse(from)) / 1_000;

/** Only the time that was reviewed: what the camera saw later belongs to no record yet. */
function clipIntervals(intervals: readonly Interval[], span: { from: Date; to: Date }): Interval[] {
  const iso = (ms: number) => new Date(ms).toISOString();
  return intervals
    .map(({ state, from, to }) => ({
      state,
      from: iso(Math.max(Date.parse(from), span.from.getTime())),
      to: iso(Math.min(Date.parse(to), span.to.getTime())),
    }))
    .filter((interval) => lengthS(interval) >= 0);
}

/** Pictures cut from the originals that the reviews saw; later ones are not part of the record. */
export function evidenceOf(
  found: LoadedCase,
  originals: readonly { sha256: string }[],
): LoadedCase["clue"]["flag"]["evidence"] {
  const reviewed = new Set(originals.map(({ sha256 }) => sha256));
  return found.clue.flag.evidence.filter((item) => reviewed.has(item.parentSha256));
}

/** Originals first, then what was cut from them, then photos of the place, numbered as the papers cite them. */
function listEvidence(
  found: LoadedCase,
  clips: Awaited<ReturnType<typeof findOriginals>>,
  fromPlace: readonly Omit<EvidenceItem, "no">[],
): EvidenceItem[] {
  const { source } = found.clue.flag;
  const evidence = evidenceOf(found, clips);
  const common = {
    kind: "electronic_data" as const,
    sourceName: source.name,
    deviceId: source.deviceId,
    storedAt,
  };
  const originals = clips.map((clip) => ({
    ...common,
    name: `原始视频 ${clip.fileName}`,
    madeBy: source.name,
    method: "设备原始记录，未经任何处理",
    capturedAt: clip.startedAt.toISOString(),
    durationS: clip.durationMs / 1_000,
    sizeBytes: Number(clip.sizeBytes),
    sha256: clip.sha256,
    parentSha256: null,
    proves: "违法行为的过程与持续时间",
    picture: false,
  }));
  const derived = evidence.map((item) => ({
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
    picture: item.mediaType.startsWith("image/"),
  }));
  return [...originals, ...derived, ...fromPlace].map((item, index) => ({ no: index + 1, ...item }));
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

function partyFacts(value: unknown): CaseFacts["party"] {
  const party = partySchema.catch({ kind: "unknown" }).parse(value);
  const known = (text: string | undefined) => (text?.trim() ? text.trim() : null);
  if (party.kind === "person")
    return {
      kind: "person",
      name: known(party.name),
      sex: null,
      age: null,
      idNo: known(party.idNumber),
      address: known(party.address),
      phone: known(party.phone),
    };
  if (party.kind === "unit")
    return {
      kind: "unit",
      name: known(party.name),
      creditCode: known(party.idNumber),
      legalRepresentative: known(party.representative),
      address: known(party.address),
      phone: known(party.phone),
    };
  return { kind: "unknown", description: known(party.name) };
}

function penaltyFacts(value: unknown): CaseFacts["penalty"] {
  const proposal = proposalSchema.catch({}).parse(value);
  if (proposal.kind === undefined || proposal.kind === "none") return null;
  const amountYuan =
    proposal.kind === "fine" && proposal.amountYuan !== undefined && proposal.amountYuan > 0
      ? proposal.amountYuan
      : null;
  return { kind: proposal.kind, amountYuan, reason: proposal.reason?.trim() || null };
}

/** Every correction, oldest first: the papers use the newest value and name them all. Instants are printed in the zone of the source. */
function correctionFacts({ clue }: LoadedCase): CaseFacts["corrections"] {
  const print = (field: string, text: string) =>
    field === "from" || field === "to" ? isoInZone(Date.parse(text), clue.flag.source.timezone) : text;
  return viewCorrections(clue).map((item) => ({
    label: item.title.zh,
    oldText: item.oldText === null ? null : print(item.field, item.oldText.zh),
    newText: print(item.field, item.newText.zh),
    reason: correctionReasons[item.reasonCode].zh,
    note: item.note,
    reviewerName: item.by,
    badgeNo: item.byBadgeNo,
    at: item.at,
  }));
}

/** The paper that allows merged review; one that nobody has compared stays a blank on a document. */
function approvalOf(profile: Deps["profile"], violation: string): string | null {
  const merged = findPolicy(profile, violation)?.mergedReview;
  if (!merged) return null;
  return merged.verified ? merged.document : null;
}

function reviewFacts(found: LoadedCase, mergedPolicyNo: string | null): CaseFacts["reviews"] {
  const inRound = found.clue.reviews.filter(
    (review) => review.round === found.clue.round && review.result !== "send_back",
  );
  const merged = inRound.find((review) => review.kind === "merged");
  const of = (kind: "technical" | "legal", questions: readonly { id: string; zh: string }[]) => {
    const review = merged ?? inRound.filter((item) => item.kind === kind).at(-1);
    if (review === undefined) return null;
    const isMergedLegal = review.kind === "merged" && kind === "legal" && review.legalChecklist !== null;
    const answers = z.array(answerSchema).parse(isMergedLegal ? review.legalChecklist : review.checklist);
    return {
      reviewerName: review.reviewer.name,
      badgeNo: review.reviewer.badgeNo,
      at: review.createdAt.toISOString(),
      checklist: questions.map((question) => {
        const given = answers.find((answer) => answer.id === question.id);
        return {
          id: question.id,
          label: question.zh,
          answer: given === undefined ? null : given.answer === "not_applicable" ? ("na" as const) : given.answer,
          note: given?.note ?? null,
        };
      }),
      result: review.result as "pass" | "fail" | "unsure",
      reasons: review.note,
    };
  };
  return {
    mode: merged ? "merged" : "sequential",
    mergedPolicyNo: merged ? mergedPolicyNo : null,
    technical: of("technical", technicalQuestions),
    legal: of("legal", legalQuestions),
  };
}
