import { type DeviceRecordCode, type DeviceState, deviceStates, kindNames } from "../device/index.ts";
import { AppError } from "../errors.ts";
import { type OnSitePhotoKind, type OnSiteResult, onSiteResults, photoGaps } from "../on-site/index.ts";
import type { Duty } from "../people/duties.ts";
import { isWaiting, type SecondLookFacts } from "./second-look.ts";
import type { ClueTransition, GuardId } from "./states.ts";

/** Whoever acts. Machines (API keys, models, sweeps) are actors too, so that they can be refused (G-30). */
export interface Actor {
  readonly kind: "person" | "machine";
  readonly id: string;
  readonly duties: readonly Duty[];
  /** Enforcement certificate valid on the day of the person's own act: today. */
  readonly qualified: boolean;
  /** Certified for legal review too: asked of whoever does both reviews (H.7). */
  readonly legallyQualified: boolean;
  /** Recused from this clue (APL 43). */
  readonly recused: boolean;
}

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** The device over the whole act, its first and its last instant: whatever failed at either. */
export interface DeviceAtCapture {
  /** False: the law names no such source as a recording device. */
  readonly isNamed: boolean;
  readonly state: DeviceState;
  readonly lacks: readonly DeviceRecordCode[];
  /** Why it was suspended, if it was. */
  readonly suspendedBy: readonly Bilingual[];
  readonly metrologySettled: boolean;
  /** Largest error of its clock around the act; null: no sample within a day of it. */
  readonly clockErrorMs: number | null;
  readonly clockLimitMs: number;
}

export interface RecordedReview {
  readonly kind: "technical" | "legal" | "merged";
  readonly result: "pass" | "fail" | "send_back" | "unsure";
  readonly reviewerId: string;
  /** Every hash the reviewer saw equals the hash of the stored original. */
  readonly mediaMatches: boolean;
  /** The reviewer's certificate covered the day of the review; what it does today is no matter. */
  readonly reviewerQualified: boolean;
  readonly reviewerRecused: boolean;
}

/** The on-site check in force: the newest of this round that was not withdrawn. */
export interface OnSiteFacts {
  readonly officerIds: readonly string[];
  /** Who signed the content as it stands now; a signature under an older content is not among them. */
  readonly signedBy: readonly string[];
  readonly result: OnSiteResult | null;
  readonly photos: readonly { readonly kind: OnSitePhotoKind }[];
  /** From the bureau's profile. */
  readonly minPhotos: number;
}

/** What a guard may look at: plain facts, collected by the server before the transition. */
export interface GuardFacts {
  readonly event: ClueTransition["event"];
  readonly actor: Actor;
  /** Code that comes with the step. */
  readonly reasonCode: string | null;
  readonly originals: readonly { readonly present: boolean; readonly hashVerified: boolean }[];
  readonly deviceKnown: boolean;
  readonly device: DeviceAtCapture;
  /** Picture rules of the house standard; null: cannot be told. */
  readonly pictureRules: readonly { readonly passed: boolean | null; readonly zh: string; readonly en: string }[];
  readonly collectorIds: readonly string[];
  /** Certificates are those of the day of the step. */
  readonly handlers: readonly { readonly id: string; readonly qualified: boolean; readonly recused: boolean }[];
  /** Reviews in force: the latest of each kind since the record was last sent back. */
  readonly reviews: readonly RecordedReview[];
  readonly policy: {
    readonly evidenceMode: "DIRECT" | "CLUE_ONLY";
    readonly listed: boolean;
    readonly competent: boolean;
    readonly mergedAllowed: boolean;
    /** Why it is not for this record, although the policy of the violation allows it. */
    readonly mergedStops: readonly Bilingual[];
    /** Dissuasion and an order to correct come before a penalty (PD 15). */
    readonly dissuadeFirst: boolean;
    /** Punishable only when an order to correct is ignored or late. */
    readonly onlyIfNotCorrected: boolean;
  };
  readonly confirmedOnSite: boolean;
  /** Null: nobody was sent, or the check was withdrawn. */
  readonly onSite: OnSiteFacts | null;
  /** Officers of every check that was not withdrawn, in whatever round. */
  readonly everCheckedBy: readonly string[];
  /** Everybody who ever reviewed the record, in whatever round. */
  readonly everReviewedBy: readonly string[];
  /** Attempts to dissuade the party with an order to correct, oldest first. */
  readonly dissuasions: readonly { readonly correctByMs: number }[];
  /** What the looking again after the time allowed said, once a person has said so. */
  readonly recheck: "not_corrected" | "corrected" | null;
  readonly nowMs: number;
  /** Who proposed to close without filing; null: nobody did. */
  readonly closeProposedBy: string | null;
  /** What the lawful purpose of the pictures still lacks (G-10); empty: nothing. */
  readonly purposeLacks: readonly Bilingual[];
  /** The draw of the last discard or of the merged review of this round. */
  readonly secondLook: SecondLookFacts | null;
  /** Sampling of discards in this bureau: share, smallest share, drawn ones that wait longer than the limit. */
  readonly sampling: {
    readonly rate: number;
    readonly leastRate: number;
    readonly overdue: number;
    readonly limitWorkingDays: number;
  };
  /** Other open clues or cases for the same act: same place and violation within the continuing period. */
  readonly sameActElsewhere: readonly string[];
}

export interface GuardRow {
  readonly zh: string;
  readonly en: string;
  /** Provision or standard the guard rests on. */
  readonly basis: string;
  /** What would be allowed instead; follows the reason wherever it is shown. */
  readonly allowed: { readonly zh: string; readonly en: string };
  /** Why the facts fail the guard, or null when it holds. */
  readonly refuses: (facts: GuardFacts) => { zh: string; en: string } | null;
}

const no = (zh: string, en: string) => ({ zh, en });
const passed = (review: RecordedReview) => review.result === "pass";

/** Guards of domain H.6 that concern records and reviews: one predicate each, refused on the server. */
export const guards: Record<GuardId, GuardRow> = {
  "G-01": {
    zh: "原始记录在库、哈希已核验、设备已登记",
    en: "Originals are in the store, their hash is verified, the device is known",
    basis: "行政处罚法 41；电子签名法 5",
    allowed: {
      zh: "可待原件恢复后再办，或者消除该记录",
      en: "it can go on once the original is back, or the record can be erased",
    },
    refuses: (facts) => {
      if (facts.originals.length === 0) return no("没有原始记录", "There is no original record");
      if (facts.originals.some((item) => !item.present))
        return no("原始记录不在库中", "An original is missing from the store");
      if (facts.originals.some((item) => !item.hashVerified))
        return no("原始记录哈希不一致", "An original no longer has the hash it arrived with");
      return facts.deviceKnown ? null : no("采集设备未登记", "The recording device is not registered");
    },
  },
  "G-02": {
    zh: "拍摄时设备已经法制和技术审核、符合标准、已标识、已公布、未停用",
    en: "At capture the device had passed legal and technical review, met its standards, was signed, published and not suspended",
    basis: "行政处罚法 41(1)；浦东非现场执法规定 7",
    allowed: {
      zh: "可由责任人员补登设备在拍摄时已有的手续，或者转现场核查",
      en: "what the device already had at capture can be entered in its register, or the act is checked on site",
    },
    refuses: ({ device, policy }) => {
      if (policy.evidenceMode !== "DIRECT") return null;
      if (!device.isNamed)
        return no("该类来源不属于法定的电子技术监控设备", "The law names no such source as a recording device");
      const lacks = kindNames(device.lacks);
      if (device.lacks.length > 0)
        return no(`拍摄时设备缺少有效的：${lacks.zh}`, `At capture the device had no valid ${lacks.en}`);
      const state = deviceStates[device.state];
      if (device.state !== "SUSPENDED" && device.state !== "RETIRED") return null;
      const [zh, en] = [device.suspendedBy.map((one) => one.zh), device.suspendedBy.map((one) => one.en)];
      return no(
        `拍摄时设备已${state.zh}${zh.length > 0 ? `：${zh.join("、")}` : ""}`,
        `At capture the device was ${state.en.toLowerCase()}${en.length > 0 ? `: ${en.join(", ")}` : ""}`,
      );
    },
  },
  "G-03": {
    zh: "需要计量检定的设备，检定在拍摄时有效",
    en: "A device under compulsory metrology was certified at capture",
    basis: "国发〔2024〕5号；道路交通安全违法行为处理程序规定 15",
    allowed: {
      zh: "可补登拍摄时已有的检定证书或认定，或者转现场核查",
      en: "a certificate or statement of that time can be entered, or the act is checked on site",
    },
    refuses: ({ device, policy }) =>
      policy.evidenceMode !== "DIRECT" || device.metrologySettled
        ? null
        : no(
            "拍摄时没有有效的计量检定证书，也没有“不属强制检定”的认定",
            "At capture there was neither a valid metrology certificate nor the statement that none is needed",
          ),
  },
  "G-04": {
    zh: "时钟误差在限值内，图片数量、间隔、分辨率符合要求",
    en: "The clock was within its limit; number, interval and resolution of the pictures suffice",
    basis: "行政处罚法 41(2)；GA/T 832-2014（参照）",
    allowed: {
      zh: "可补登当时的时钟校验，或者转现场核查",
      en: "a clock comparison of that time can be entered, or the act is checked on site",
    },
    refuses: ({ device, pictureRules, policy }) => {
      if (policy.evidenceMode !== "DIRECT") return null;
      if (device.clockErrorMs === null)
        return no("拍摄前后 24 小时内没有时钟校验记录", "The clock was not compared within 24 hours of the capture");
      if (device.clockErrorMs > device.clockLimitMs) {
        const [error, limit] = [device.clockErrorMs, device.clockLimitMs].map((ms) => (ms / 1000).toFixed(1));
        return no(
          `设备时钟误差 ${error} 秒，超过 ${limit} 秒`,
          `The clock was off by ${error} s, more than ${limit} s`,
        );
      }
      const failed = pictureRules.filter(({ passed }) => passed === false);
      return failed.length === 0
        ? null
        : no(
            `图片不符合要求：${failed.map(({ zh }) => zh).join("；")}`,
            `The pictures do not suffice: ${failed.map(({ en }) => en).join("; ")}`,
          );
    },
  },
  "G-05": {
    zh: "同一行为只成一线索、一案件",
    en: "One act makes one clue and one case",
    basis: "行政处罚法 29、36(2)",
    allowed: {
      zh: "可在已有线索或案件中办理，或者将本记录作重复消除",
      en: "go on with the clue or case that exists, or erase this record as repeated",
    },
    refuses: (facts) =>
      facts.sameActElsewhere.length === 0
        ? null
        : no(
            `同一地点同一行为已在办理：${facts.sameActElsewhere.join("、")}`,
            `The same act at the same place is already being handled: ${facts.sameActElsewhere.join(", ")}`,
          ),
  },
  "G-06": {
    zh: "非执法人员剔除噪声，须按比例抽查复核，且抽中的没有超期未看",
    en: "Noise is discarded without an officer only while a drawn share is re-checked by one, in time",
    basis: "[P] house rule 内部规则",
    allowed: {
      zh: "可由技术审核员看过后剔除，或先完成抽中的复核",
      en: "an officer may discard after looking, or the drawn re-checks are done first",
    },
    refuses: ({ sampling: { rate, leastRate, overdue, limitWorkingDays } }) => {
      if (rate < leastRate)
        return no(
          `抽查已停用（比例低于 ${leastRate * 100}%），非执法人员不得剔除；可由技术审核员看过后剔除，或恢复抽查`,
          `Sampling is switched off (less than ${leastRate * 100} %), so only an officer may discard, after looking; or switch sampling on again`,
        );
      return overdue === 0
        ? null
        : no(
            `有 ${overdue} 条抽中的剔除超过 ${limitWorkingDays} 个工作日未复核；可先完成复核，或由技术审核员看过后剔除`,
            `${overdue} drawn discards have waited longer than ${limitWorkingDays} working days; do these re-checks first, or an officer discards after looking`,
          );
    },
  },
  "G-07": {
    zh: "记录已经技术、法制审核均通过，审核人不是采集人、承办人",
    en: "The record passed technical and legal review by people who neither collected nor handle it",
    basis: "行政处罚法 41(2)；浦东非现场执法规定 10",
    allowed: {
      zh: "可退回重新审核，由符合条件的两人分别作技术、法制审核",
      en: "send it back to review by two people who may give them",
    },
    refuses: (facts) => {
      const merged = facts.reviews.some((review) => review.kind === "merged" && passed(review));
      const technical = facts.reviews.find((review) => review.kind === "technical" && passed(review));
      const legal = facts.reviews.find((review) => review.kind === "legal" && passed(review));
      if (!merged && !(technical && legal)) {
        return no(
          "未经审核或者审核未通过的记录不得作为证据",
          "A record that was not reviewed, or failed review, cannot be evidence",
        );
      }
      if (!merged && technical?.reviewerId === legal?.reviewerId)
        return no("两项审核为同一人", "Both reviews are by the same person");
      const again = facts.secondLook?.kind === "merged" ? facts.secondLook.byId : null;
      const reviewers = [...facts.reviews.map((review) => review.reviewerId), ...(again === null ? [] : [again])];
      if (reviewers.some((id) => facts.collectorIds.includes(id)))
        return no("审核人是采集人", "A reviewer collected the record");
      if (reviewers.some((id) => facts.handlers.some((handler) => handler.id === id))) {
        return no("审核人不得承办本案", "A reviewer may not handle the same case");
      }
      if (facts.reviews.some((review) => passed(review) && !review.reviewerQualified))
        return no("有审核人在审核当日无有效执法证", "A reviewer held no valid certificate on the day of the review");
      if (facts.reviews.some((review) => passed(review) && review.reviewerRecused))
        return no("有审核人应当回避", "A reviewer is recused from this record");
      return facts.reviews.every((review) => review.mediaMatches)
        ? null
        : no("所审媒体与原件不一致", "What was reviewed is not the stored original");
    },
  },
  "G-08": {
    zh: "审核人具备资格、未回避，两审不同人，所审即原件",
    en: "The reviewer is qualified and not recused, the two reviews are by different people, what is reviewed is the original",
    basis: "行政处罚法 42–43",
    allowed: {
      zh: "可由持有效执法证、未回避、未采集、不承办也未作另一项审核的审核员审核",
      en: "a reviewer may do it who holds a valid certificate, is not recused, and neither collected nor handles it nor did the other review",
    },
    refuses: (facts) => {
      if (!facts.actor.qualified)
        return no("审核人今日没有有效的执法证", "The reviewer holds no certificate that is valid today");
      if (facts.actor.recused) return no("审核人应当回避", "The reviewer is recused");
      if (facts.collectorIds.includes(facts.actor.id))
        return no("采集人不得审核自己采集的记录", "A collector may not review the own record");
      if (facts.handlers.some((handler) => handler.id === facts.actor.id))
        return no("承办人不得审核本案记录", "A handler may not review the same record");
      if (facts.everCheckedBy.includes(facts.actor.id))
        return no("现场核查人员不得审核本案记录", "An officer of the on-site check may not review the same record");
      if (facts.event === "merged_pass") {
        if (!facts.policy.mergedAllowed)
          return no(
            "该违法类型没有批准二审合一的文件，须由两人分别审核",
            "No approval document allows merged review of this violation; two people review it",
          );
        if (!facts.actor.legallyQualified)
          return no(
            "审核人的法制审核资格不在有效期内，不得合并审核；可只作技术审核",
            "The reviewer's qualification for legal review is not in force; the technical review alone is possible",
          );
        return facts.policy.mergedStops[0] ?? null;
      }
      const other = facts.event === "legal_pass" ? "technical" : "legal";
      if (facts.reviews.some((review) => review.kind === other && review.reviewerId === facts.actor.id)) {
        return no(
          "同一人不得同时作技术审核和法制审核",
          "One person may not do both the technical and the legal review",
        );
      }
      if (
        facts.event === "legal_pass" &&
        !facts.reviews.some((review) => review.kind === "technical" && passed(review))
      ) {
        return no("尚未通过技术审核", "The technical review has not been passed");
      }
      return null;
    },
  },
  "G-09": {
    zh: "属已公布的非现场执法事项、机关有权、可直接以图像为证；否则须有现场核查",
    en: "The violation is on the published list, the authority is competent and pictures may stand alone; otherwise an on-site check exists",
    basis: "行政处罚法 41(1)；浦东非现场执法规定 4",
    allowed: {
      zh: "可派两名执法人员现场核查；无权处理的，消除或移送",
      en: "two officers can check on site; what is not this authority's is erased or handed over",
    },
    refuses: (facts) => {
      if (!facts.policy.competent)
        return no("本机关无权处理该违法行为", "This authority is not competent for the violation");
      if (facts.confirmedOnSite) return null;
      if (!facts.policy.listed)
        return no("不在已公布的非现场执法事项清单内", "The violation is not on the published list of remote matters");
      return facts.policy.evidenceMode === "DIRECT"
        ? null
        : no(
            "该类来源的图像只能作为线索，须经两名执法人员现场核实",
            "Pictures from this kind of source are only a clue; two officers must confirm on site",
          );
    },
  },
  "G-10": {
    zh: "来源目的合法：执法设备在册；共享视频有调取记录；无人机飞行合法",
    en: "The source has a lawful purpose: an enforcement device on the register, a retrieval record for shared video, a lawful flight",
    basis: "个人信息保护法 26、34；公共安全视频图像信息系统管理条例 20；无人驾驶航空器飞行管理暂行条例 19、31",
    allowed: {
      zh: "补记所缺事实（调取记录、飞行申请或者无需申请的依据），或转现场核查",
      en: "enter what is missing (a retrieval record, the flight's approval or why none is needed), or have it checked on site",
    },
    refuses: ({ purposeLacks }) =>
      purposeLacks.length === 0
        ? null
        : no(
            `来源的合法性尚缺：${purposeLacks.map(({ zh }) => zh).join("；")}`,
            `The lawful purpose of the source lacks: ${purposeLacks.map(({ en }) => en).join("; ")}`,
          ),
  },
  "G-11": {
    zh: "两名以上具备资格的执法人员",
    en: "At least two different qualified officers",
    basis: "行政处罚法 42",
    allowed: {
      zh: "可指定两名持有效执法证、未回避的承办人",
      en: "name two handlers who hold valid certificates and are not recused",
    },
    refuses: (facts) => {
      const ids = new Set(facts.handlers.filter((handler) => handler.qualified).map((handler) => handler.id));
      return ids.size >= 2
        ? null
        : no(
            "当日持有效执法证的执法人员不足两名",
            "Fewer than two officers are named whose certificates are valid today",
          );
    },
  },
  "G-12": {
    zh: "依法须先劝阻、责令改正的，已劝阻、期限已过、复查未改正；及时改正且轻微的不予处罚",
    en: "Where the law asks for it the party was dissuaded and ordered to correct, the time has passed, and looking again shows no correction",
    basis: "浦东非现场执法规定 15；行政处罚法 28、33(1)",
    allowed: {
      zh: "可先劝阻并责令改正，期满复查后再办；已改正且轻微的，不予处罚",
      en: "dissuade and order to correct first and look again after the time; what is corrected and minor ends without a penalty",
    },
    refuses: ({ policy, dissuasions, recheck, nowMs, event }) => {
      if (!policy.dissuadeFirst && !policy.onlyIfNotCorrected) return null;
      const last = dissuasions.at(-1);
      if (last === undefined) return no("尚未劝阻并责令改正", "The party was not dissuaded and ordered to correct yet");
      if (nowMs < last.correctByMs) return no("改正期限尚未届满", "The time allowed for correction has not passed");
      const isCorrected = recheck === "corrected" || event === "corrected_not_minor";
      if (policy.onlyIfNotCorrected && isCorrected)
        return no(
          "该行为仅在逾期不改正时处罚，现已改正",
          "Only a failure to correct is punishable, and it was corrected",
        );
      const isSaid = recheck !== null || event === "not_corrected" || event === "corrected_not_minor";
      return isSaid ? null : no("期限届满后尚未复查", "Nobody has looked again since the time has passed");
    },
  },
  "H-01": {
    zh: "应立尽立：不立案须由承办人提出并载明理由，由他人批准",
    en: "A well-founded record is closed without filing only on a handler's reasoned proposal that another person approves",
    basis: "行政处罚法 54(2)、76(2)",
    allowed: { zh: "可由承办人提出、另一名机关负责人批准", en: "a handler may propose it and another head approve it" },
    refuses: ({ closeProposedBy, actor }) => {
      if (closeProposedBy === null) return no("没有承办人的不立案意见", "No handler proposed it");
      return closeProposedBy === actor.id ? no("提出人不得批准自己的意见", "Nobody approves the own proposal") : null;
    },
  },
  "H-43": {
    zh: "应当回避的人员不办理",
    en: "Nobody takes a step on a record from which they are recused",
    basis: "行政处罚法 43",
    allowed: {
      zh: "可由未回避的同职责人员办理；认为不必回避的，请机关负责人决定",
      en: "a colleague of the same duty may do it; whether the recusal stands is for the head to decide",
    },
    refuses: ({ actor, handlers }) => {
      if (actor.recused) return no("您对该记录应当回避", "You are recused from this record");
      return handlers.some((handler) => handler.recused)
        ? no("所指定的执法人员应当回避", "An officer who is named is recused from this record")
        : null;
    },
  },
  "H-05": {
    zh: "现场核查由两名执法人员各自签名，照片数量符合要求，结论与步骤一致",
    en: "The on-site check is signed by each of its two officers, has its photos, and its finding is that of the step",
    basis: "行政处罚法 42、55；照片数量为本系统规则",
    allowed: {
      zh: "两名执法人员到场拍照、填写结论并各自签名后，由其中一人提交与结论一致的步骤",
      en: "two officers take photos of the place, say what they found and sign, each with the own account; one of them then takes the step that fits",
    },
    refuses: ({ onSite, actor, event }) => {
      if (onSite === null) return no("没有派员现场核查", "No officers were sent to the place");
      const { officerIds, signedBy, result, photos, minPhotos } = onSite;
      const unsigned = officerIds.filter((id) => !signedBy.includes(id)).length;
      if (unsigned > 0 || new Set(officerIds).size < 2)
        return no(
          `现场核查尚有 ${Math.max(1, unsigned)} 名执法人员未对现有内容签名`,
          `${Math.max(1, unsigned)} of the officers of the on-site check has not signed what stands in it now`,
        );
      const [gap] = photoGaps(photos, minPhotos);
      if (gap !== undefined) return no(gap.zh, gap.en);
      if (result === null || onSiteResults[result].leads !== event) {
        const said = result === null ? { zh: "无结论", en: "no result" } : onSiteResults[result];
        return no(
          `现场核查结论为“${said.zh}”，与该步骤不符`,
          `The on-site check says "${said.en}", which is not this step`,
        );
      }
      return officerIds.includes(actor.id)
        ? null
        : no("须由现场核查人员本人提交", "One of the officers of the on-site check takes this step");
    },
  },
  "H-06": {
    zh: "现场核查人员未审核过该记录",
    en: "No officer of the on-site check reviewed the record",
    basis: "行政处罚法 41–42（本系统规则）",
    allowed: {
      zh: "可由未审核过该记录的执法人员作现场核查",
      en: "officers who have not reviewed the record may check it on site",
    },
    refuses: ({ handlers, everReviewedBy }) =>
      handlers.some(({ id }) => everReviewedBy.includes(id))
        ? no("审核过该记录的人员不得作现场核查", "A reviewer of the record may not check it on site")
        : null,
  },
  "H-02": {
    zh: "抽中复核的合并审核已复核并同意",
    en: "A merged review that was drawn was looked at again, and the second look agreed",
    basis: "[P] house rule 内部规则（二审合一）",
    allowed: { zh: "由另一名审核员先作复核", en: "another reviewer gives the second look first" },
    refuses: ({ secondLook }) => {
      if (secondLook?.kind !== "merged" || !secondLook.drawn || secondLook.result === "agree") return null;
      return no(
        "该记录的合并审核被抽中复核，复核同意后方可进入立案准备",
        "The merged review of this record was drawn; it goes on once another reviewer has looked and agreed",
      );
    },
  },
  "H-03": {
    zh: "抽查由另一名具备资格、未参与该记录的审核员作出",
    en: "The second look is another qualified reviewer's who has no other part in the record",
    basis: "[P] house rule 内部规则；行政处罚法 42–43",
    allowed: {
      zh: "可由另一名具备资格、未参与该记录的审核员复核",
      en: "another qualified reviewer who has no part in the record may look",
    },
    refuses: ({ actor, event, secondLook, collectorIds, handlers, reviews }) => {
      if (!actor.qualified) return no("执法资格不在有效期内", "The officer's qualification is not in force");
      if (actor.recused) return no("应当回避", "The officer is recused");
      if (collectorIds.includes(actor.id)) return no("采集人不得复核自己采集的记录", "Nobody re-checks the own record");
      if (event === "officer_discard") return null;
      if (secondLook?.ofPersonId === actor.id)
        return no("本人的决定须由另一人复核", "Nobody looks at the own decision a second time");
      if (event === "bring_back") return null;
      if (!isWaiting(secondLook)) return no("该记录没有待复核的抽查", "No drawn second look waits for this record");
      if (handlers.some((handler) => handler.id === actor.id))
        return no("承办人不得复核本案记录", "A handler may not look at the same record a second time");
      return reviews.some((review) => review.reviewerId === actor.id)
        ? no("该记录的审核人不得复核", "A reviewer of the record may not give its second look")
        : null;
    },
  },
  "H-04": {
    zh: "涉嫌犯罪的移送由机关负责人决定",
    en: "A suspected crime is transferred by the head's decision",
    basis: "行政处罚法 27、57(1)",
    allowed: { zh: "可由机关负责人决定移送", en: "the head may decide the transfer" },
    refuses: ({ reasonCode, event }) =>
      reasonCode === "suspected_crime" && event !== "transfer_by_head"
        ? no("涉嫌犯罪的，须由机关负责人决定移送", "A suspected crime goes by the head's decision")
        : null,
  },
  "G-30": {
    zh: "法律步骤只能由具备相应职责的人作出",
    en: "Only a person holding the duty takes a legal step",
    basis: "行政处罚法 42；个人信息保护法 24",
    allowed: { zh: "可由具备该职责的人登录办理", en: "a person who holds the duty may sign in and do it" },
    refuses: (facts) =>
      facts.actor.kind === "person" ? null : no("机器不得作出法律步骤", "A machine may not take a legal step"),
  },
};

/** Guards of an arrow: those of its row and, on every arrow, that nobody acts where they are recused; G-08 says it in its own words. */
export function guardsOf({ guards: own }: Pick<ClueTransition, "guards">): readonly GuardId[] {
  return own.includes("G-08") ? own : [...own, "H-43"];
}

/** Every reason the guards of a transition refuse, each with what would be allowed, in the table's order; empty when all hold. */
export function refusalsOf(
  transition: ClueTransition,
  facts: GuardFacts,
): { guard: GuardId; basis: string; zh: string; en: string }[] {
  return guardsOf(transition).flatMap((id) => {
    const { basis, allowed, refuses } = guards[id];
    const reason = refuses(facts);
    if (reason === null) return [];
    return [{ guard: id, basis, zh: `${reason.zh}；${allowed.zh}`, en: `${reason.en}; ${allowed.en}` }];
  });
}

/** Throws `GUARD_REFUSED` with the first reason. */
export function assertGuards(transition: ClueTransition, facts: GuardFacts): void {
  const [first] = refusalsOf(transition, facts);
  if (first) throw new AppError("GUARD_REFUSED", first);
}
