import { readingText } from "@mingcha/models/attributes";
import {
  answerSchema,
  type ClueTransition,
  correctionSchema,
  type GuardFacts,
  isWaiting,
  priorityText,
  refusalsOf,
  transitionsFrom,
  unsupportedText,
} from "@mingcha/models/clue";
import { clockDoubtsAt } from "@mingcha/models/device";
import type { ClueDetail, ClueItem } from "@mingcha/models/http";
import { evidenceModeOf, findPolicy, localDay, provisionsOn } from "@mingcha/models/profile";
import { decodeLook, parseScene, storedLookSchema, type TraceItem } from "@mingcha/models/scene";
import { findViolation, judgeQuestions, traceText } from "@mingcha/models/violations";
import { z } from "zod";
import { readingsOf } from "../corrections/facts-in-force.ts";
import { looksSpan } from "../corrections/looks-span.ts";
import { viewCorrectable, viewCorrections } from "../corrections/view-corrections.ts";
import type { Deps } from "../deps.ts";
import { loadDevice } from "../devices/load-device.ts";
import { viewDeviceAt } from "../devices/view-device.ts";
import { admissionsOf } from "../docks/admissions.ts";
import { viewStands } from "../flights/view-stands.ts";
import { type Bars, loadBars } from "../people/bars.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { loadGone } from "../retention/view-gone.ts";
import { resultOf, rowOf } from "../second-looks/look-of.ts";
import { transferDueOn } from "./add-transfer.ts";
import { barredReason, mayTry } from "./barred-reason.ts";
import { byCheckOfficers, collectFacts } from "./collect-facts.ts";
import { hideReviews, hideScore, judgesBlind } from "./judge-blind.ts";
import { takenByOther } from "./lease-clue.ts";
import { findOriginals, type LoadedClue } from "./load-clue.ts";
import { checkPictures } from "./picture-rules.ts";
import { viewDissuasions } from "./view-dissuasions.ts";
import { viewEvidence } from "./view-evidence.ts";
import { roleOfFlag, viewGround } from "./view-ground.ts";
import { viewJoined, viewMergedInto, viewPerhapsSame } from "./view-sightings.ts";

const intervalsSchema = z.array(
  z.object({ state: z.enum(["present", "absent", "blind"]), from: z.string(), to: z.string() }),
);
const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** A close-up smaller than this tells less in a list than the whole view. */
const listPictureMinPx = 200;

/** What lists show of a clue. `barred`: why the signed-in person may not act on it, as far as reviews, recusals and districts tell. */
export function viewClueItem(deps: Deps, clue: LoadedClue, person: SignedIn, bars: Bars): ClueItem {
  const { flag } = clue;
  const violation = findViolation(clue.violation);
  const kept = flag.evidence.filter(({ deletedAt }) => deletedAt === null);
  const wide = kept.find((item) => item.kind === "wide") ?? kept[0];
  const close = kept.find((item) => item.kind === "close" && item.widthPx >= listPictureMinPx);
  const picture = close ?? wide;
  const corrected = [...new Set(clue.corrections.map(({ field }) => field))];
  const item: ClueItem = {
    id: clue.id,
    state: clue.state,
    violation: clue.violation,
    violationTitle: violation?.title ?? { zh: clue.violation, en: clue.violation },
    sourceId: clue.sourceId,
    sourceName: flag.source.name,
    sourceKind: flag.source.kind,
    place: clue.place,
    timezone: flag.source.timezone,
    from: clue.from.toISOString(),
    to: clue.to.toISOString(),
    ended: flag.ended,
    dwellS: corrected.some((field) => field === "from" || field === "to") ? presentS(clue) : flag.dwellS,
    score: flag.score,
    intervals: intervalsSchema.parse(flag.intervals),
    pictureId: picture?.id ?? null,
    evidenceMode: evidenceModeOf(deps.profile, clue.violation, flag.source.kind),
    barred: barredReason(deps, clue, person, bars),
    takenBy: takenByOther(clue, person.id, deps.now()),
    dueAt: clue.dueAt.toISOString(),
    priority: {
      level: clue.priority,
      reason: priorityText(clue.priorityReason),
      manual: clue.priorityBy !== null,
      note: clue.priorityNote,
    },
    createdAt: clue.createdAt.toISOString(),
    version: clue.version,
    round: clue.round,
    corrected,
    caseId: clue.case?.id ?? null,
  };
  return judgesBlind(deps.profile, clue, person) ? hideScore(item) : item;
}

/** How long the thing was seen between the corrected beginning and end. */
function presentS(clue: LoadedClue): number {
  const [fromMs, toMs] = [clue.from.getTime(), clue.to.getTime()];
  return intervalsSchema
    .parse(clue.flag.intervals)
    .filter(({ state }) => state === "present")
    .reduce((sum, { from, to }) => {
      const lengthMs = Math.min(Date.parse(to), toMs) - Math.max(Date.parse(from), fromMs);
      return sum + Math.max(0, lengthMs) / 1_000;
    }, 0);
}

/** The item page: facts, evidence, looks, reviews, and what the signed-in person may do with it. */
export async function viewClue(deps: Deps, clue: LoadedClue, person: SignedIn): Promise<ClueDetail> {
  const { db, profile } = deps;
  const { flag } = clue;
  const [bars, clips, device, joined, mergedInto, perhapsSame, scene, looks, span, stands] = await Promise.all([
    loadBars(db, person),
    findOriginals(db, clue),
    loadDevice(db, clue.sourceId, clue),
    viewJoined(deps, clue),
    viewMergedInto(db, clue),
    viewPerhapsSame(db, clue),
    db.scene.findUniqueOrThrow({ where: { id: flag.sceneId } }),
    db.look.findMany({
      where: {
        sourceId: clue.sourceId,
        capturedAt: { gte: new Date(flag.from.getTime() - 60_000), lte: new Date(flag.to.getTime() + 60_000) },
      },
      orderBy: { capturedAt: "asc" },
      take: 2_000,
    }),
    looksSpan(db, clue),
    viewStands(deps, flag),
  ]);
  const gone = await loadGone(db, clips, flag.evidence);
  const admitted = await admissionsOf(db, clips);
  const parsed = parseScene(scene.document);
  const zone = parsed.kind === "ok" ? parsed.scene.zones.find((item) => item.id === flag.zoneId) : undefined;
  const policy = findPolicy(profile, clue.violation);
  const blind = judgesBlind(profile, clue, person);
  // how sure the model was is what a blind reviewer is to judge without
  const trace = (flag.trace as unknown as TraceItem[]).filter(({ filter }) => !blind || filter !== "score");
  const seen = looks.map(viewLook);
  const flagBox = boxSchema.parse(flag.boxNorm);
  const facts = await collectFacts(deps, clue, person, { event: "plausible", rehash: false });
  // steps that rest on the officers' own check are asked about with them
  const checked =
    clue.state === "ON_SITE_CHECK"
      ? await collectFacts(deps, clue, person, { event: "confirm_on_site", rehash: false })
      : facts;
  const looked = rowOf(clue);
  const people = await namesOf(db, [looked?.ofPersonId, looked?.byId, clue.transfer?.byId]);
  const events = transitionsFrom(clue.state)
    .filter((row) => mayTry(row, person))
    // what nobody drew offers no second look; bringing back is an officer's at any time
    .filter((row) => !secondLookEvents.includes(row.event) || isWaiting(facts.secondLook))
    .map((row) => offer(byCheckOfficers.includes(row.event) ? checked : facts, row));
  const view: ClueDetail = {
    ...viewClueItem(deps, clue, person, bars),
    flag: {
      id: flag.id,
      zoneId: flag.zoneId,
      ruleKey: flag.ruleKey,
      boxNorm: flagBox,
      modelId: flag.modelId,
      modelSha256: flag.modelSha256,
      trace: trace.map((item) => ({ ...traceText(item), passed: item.toJudge === undefined ? item.passed : null })),
      judge: judgeQuestions(findViolation(clue.violation), trace),
      readings: readingsOf(flag).map(readingText),
      unsupported: flag.unsupportedAt === null ? null : unsupportedText,
    },
    zone: zone === undefined ? null : { id: zone.id, kind: zone.kind, polygon: zone.polygon, line: zone.line ?? null },
    ground: parsed.kind === "ok" ? viewGround(parsed.scene, zone, flagBox, roleOfFlag(seen, flagBox)) : null,
    stands,
    scene: { version: scene.version, sha256: scene.sha256 },
    evidence: flag.evidence.map((item) => viewEvidence(item, gone)),
    joined,
    mergedInto,
    perhapsSame,
    looks: seen,
    clips: clips.map((clip) => ({
      id: clip.id,
      fileName: clip.fileName,
      sha256: clip.sha256,
      sizeBytes: Number(clip.sizeBytes),
      startedAt: clip.startedAt.toISOString(),
      startMethod: clip.startMethod,
      durationMs: clip.durationMs,
      widthPx: clip.widthPx,
      heightPx: clip.heightPx,
      codec: clip.codec,
      flightId: clip.flightId,
      admitted: admitted.get(clip.id) ?? null,
      gone: gone.get(clip.id) ?? null,
    })),
    device: {
      deviceId: flag.source.deviceId,
      atCapture: viewDeviceAt(device, flag.source.kind, clue.from, profile.review, clue),
      longitude: flag.source.longitude,
      latitude: flag.source.latitude,
    },
    note: clue.note,
    closeReason: clue.closeReason,
    closingReasons: profile.closingReasons,
    transfer: { dueOn: clue.transfer?.dueOn ?? transferDueOn(profile, clue), done: viewTransfer(deps, clue, people) },
    secondLook:
      looked === null || !looked.drawn
        ? null
        : {
            kind: looked.kind === "discard" ? "discard" : "merged",
            result: resultOf(looked),
            of: people.get(looked.ofPersonId) ?? looked.ofPersonId,
            by: looked.byId === null ? null : (people.get(looked.byId) ?? looked.byId),
            drawnAt: looked.drawnAt.toISOString(),
            dueAt: looked.dueAt.toISOString(),
          },
    purposeLacks: [...facts.purposeLacks],
    ...(await viewDissuasions(deps, clue, person)),
    pictureRules: checkPictures(profile, {
      violation: clue.violation,
      pictures: flag.evidence,
      clips,
      clockErrorMs: facts.device.clockErrorMs,
      clockDeniedMs: facts.device.clockDenied?.leastMs ?? null,
      clockDoubted: [clue.from, clue.to].some((at) => clockDoubtsAt(device.samples, at.getTime()).length > 0),
    }),
    reviews: clue.reviews.map((review) => ({
      id: review.id,
      kind: review.kind as "technical",
      result: review.result as "pass",
      round: review.round,
      reviewerName: review.reviewer.name,
      reviewerBadgeNo: review.reviewer.badgeNo,
      checklist: z.array(answerSchema).parse(review.checklist),
      legalChecklist: review.legalChecklist === null ? null : z.array(answerSchema).parse(review.legalChecklist),
      reasonCode: review.reasonCode,
      note: review.note,
      asked: z.array(correctionSchema).parse(review.asked),
      createdAt: review.createdAt.toISOString(),
    })),
    corrections: viewCorrections(clue),
    correctable: viewCorrectable(profile, clue),
    looksSpan:
      span === null ? null : { from: new Date(span.fromMs).toISOString(), to: new Date(span.toMs).toISOString() },
    blind: false,
    mergedReviewAllowed: policy !== null && policy.mergedReview !== false,
    events,
    provisions:
      policy === null
        ? []
        : provisionsOn(policy, localDay(clue.from, flag.source.timezone)).map((item) => ({
            law: item.law,
            article: item.article,
            use: item.use,
            verified: item.verifiedBy !== null,
          })),
  };
  if (!blind) return view;
  return hideReviews(view, new Set(clue.reviews.flatMap((row) => (row.reviewerId === person.id ? [row.id] : []))));
}

function viewTransfer({ profile }: Deps, { transfer }: LoadedClue, people: ReadonlyMap<string, string>) {
  if (transfer === null) return null;
  const { authority, reasonCode, at, byId, dueOn } = transfer;
  return {
    authority,
    reasonCode,
    at: at.toISOString(),
    by: people.get(byId) ?? byId,
    inTime: localDay(at, profile.timezone) <= dueOn,
  };
}

function viewLook(row: {
  clipId: string;
  offsetMs: number;
  capturedAt: Date;
  status: string;
  detections: unknown;
  pose: unknown;
}): ClueDetail["looks"][number] {
  const stored = storedLookSchema.safeParse(row.detections);
  const look = stored.success ? decodeLook(stored.data) : null;
  return {
    clipId: row.clipId,
    offsetMs: row.offsetMs,
    capturedAt: row.capturedAt.toISOString(),
    status: row.status,
    boxes:
      look?.status === "seen"
        ? look.detections.map(({ role, label, score, boxNorm }) => ({
            role,
            label,
            score,
            boxNorm: [...boxNorm] as [number, number, number, number],
          }))
        : [],
    pose: look?.pose === undefined ? null : { ...look.pose },
  };
}

const secondLookEvents = ["recheck_agree", "second_agree", "second_disagree"];

function offer(facts: GuardFacts, row: ClueTransition): ClueDetail["events"][number] {
  const event = row.event as ClueDetail["events"][number]["event"];
  // The two officers are named in the same step, so their absence is no reason yet.
  const refusals = refusalsOf(row, { ...facts, event }).filter(
    ({ guard }) => guard !== "G-11" || row.asks !== "officers",
  );
  return { event, to: row.to, title: { zh: row.zh, en: row.en }, refusals };
}
