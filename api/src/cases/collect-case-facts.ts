import { answerSchema, correctionReasons, legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { type CaseFacts, emptyCaseFacts } from "@mingcha/models/documents";
import { partySchema, proposalSchema } from "@mingcha/models/http";
import { findPolicy, localDay } from "@mingcha/models/profile";
import { isoInZone } from "@mingcha/models/scene";
import { findViolation } from "@mingcha/models/violations";
import { z } from "zod";
import { findOriginals } from "../clues/load-clue.ts";
import { ordersGiven } from "../clues/orders-given.ts";
import { viewCorrections } from "../corrections/view-corrections.ts";
import type { Deps } from "../deps.ts";
import { loadDevice } from "../devices/load-device.ts";
import { admissionsOf } from "../docks/admissions.ts";
import { correctionActFacts } from "./correction-act-facts.ts";
import { deviceFacts } from "./device-facts.ts";
import { bureauFacts, orderFacts, provisionFacts } from "./facts-of-profile.ts";
import { listEvidence } from "./list-evidence.ts";
import { listRechecks } from "./list-rechecks.ts";
import type { LoadedCase } from "./load-case.ts";
import { onSiteActFacts, onSiteEvidence, onSiteRecordFacts, positionAtPlace, signedCheckOf } from "./on-site-facts.ts";

const sourceKinds: Record<string, string> = {
  fixed: "固定摄像机",
  gate: "卡口摄像机",
  patrol: "巡查车",
  drone: "无人机",
  body: "执法记录仪",
  file: "上传文件",
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
  const check = await signedCheckOf(deps.db, clue);
  const rechecks = await listRechecks(deps.db, clue);
  const admitted = await admissionsOf(deps.db, [...clips, ...rechecks.map(({ clip }) => clip)]);
  const { evidence, leftOut } = listEvidence(found, clips, {
    rechecks,
    fromPlace: await onSiteEvidence(deps, check),
    remarks: new Map([...admitted].map(([id, { zh }]) => [id, zh])),
  });
  const intervals = clipIntervals(intervalsSchema.parse(flag.intervals), clue);
  const empty = emptyCaseFacts();
  const [first, second] = found.handlers;
  const handler = (row: typeof first) => ({ name: row?.person.name ?? null, badgeNo: row?.person.badgeNo ?? null });
  return {
    ...empty,
    bureau: bureauFacts(profile),
    case: {
      number: found.number,
      cause: found.cause,
      source: `${source.kind === "drone" ? "无人机巡查发现" : "电子技术监控设备发现"}${leftOut === null ? "" : "线索，现场核查属实"}`,
      occurredFrom: found.from.toISOString(),
      occurredTo: found.to.toISOString(),
      filedOn: localDay(found.filedAt, profile.timezone),
      place: found.place,
      coordinates: leftOut === null ? positionOf(source) : positionAtPlace(check),
    },
    violation: { code: found.violation, titleZh: violation?.title.zh ?? null, titleEn: violation?.title.en ?? null },
    act: {
      ...empty.act,
      sourceName: source.name,
      deviceId: source.deviceId,
      intervals,
      presentS: intervals.reduce((sum, interval) => sum + (interval.state === "present" ? lengthS(interval) : 0), 0),
      evidenceNos: evidence.map((item) => item.no),
      ...(await correctionActFacts(deps.db, clue, evidence)),
      onSiteCheck: await onSiteActFacts(deps, check),
      leftOut,
    },
    order: ordersGiven(clue).length === 0 ? null : orderFacts(profile, found.violation),
    onSite: await onSiteRecordFacts(deps, check, evidence),
    party: partyFacts(found.party),
    evidence,
    ...deviceFacts(
      await loadDevice(deps.db, source.id, clue),
      { ...source, kindTitle: sourceKinds[source.kind] ?? source.kind },
      clue,
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
    provisions: provisionFacts(profile, found.violation, localDay(found.from, source.timezone)),
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

function positionOf({ longitude, latitude }: LoadedCase["clue"]["flag"]["source"]): CaseFacts["case"]["coordinates"] {
  return longitude === null || latitude === null ? null : { longitude, latitude };
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
