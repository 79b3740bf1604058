import { deviceStates, kindNames } from "../device/index.ts";
import { AppError } from "../errors.ts";
import { type GuardFacts, type GuardRow, no, type RecordedReview } from "./guard-facts.ts";
import { houseGuards } from "./house-guards.ts";
import { pictureFaults, unusableFault } from "./picture-faults.ts";
import type { ClueTransition, GuardId } from "./states.ts";

const passed = (review: RecordedReview) => review.result === "pass";

/**
 * Pictures that are nothing but a clue: of a source the law names no requirements for, where they may not stand alone. A camera that has to meet
 * them must have met them even where its pictures need officers beside them: after the check they are in the case's evidence too.
 */
const onlyHints = ({ device, policy }: Pick<GuardFacts, "device" | "policy">): boolean =>
  policy.evidenceMode !== "DIRECT" && !device.isNamed;

/** Guards of domain H.6 that concern records and reviews, and those of the house: one predicate each, refused on the server. */
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
      if (onlyHints({ device, policy })) return null;
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
      onlyHints({ device, policy }) || device.metrologySettled
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
      zh: "没有校验的可补登当时的时钟校验，否则转现场核查",
      en: "where there is none a clock comparison of that time can be entered, otherwise the act is checked on site",
    },
    refuses: ({ device, pictureRules, policy }) => {
      if (onlyHints({ device, policy })) return null;
      if (device.clockErrorMs === null)
        return no("拍摄前后 24 小时内没有时钟校验记录", "The clock was not compared within 24 hours of the capture");
      if (device.clockErrorMs > device.clockLimitMs) {
        const [error, limit] = [device.clockErrorMs, device.clockLimitMs].map((ms) => (ms / 1000).toFixed(1));
        const sample = device.clockSample;
        return no(
          `设备时钟误差 ${error} 秒，超过 ${limit} 秒${sample === null ? "" : `（${sample.zh}）`}`,
          `The clock was off by ${error} s, more than ${limit} s${sample === null ? "" : ` (${sample.en})`}`,
        );
      }
      if (device.clockDenied !== null) {
        const { zh, en, leastMs } = device.clockDenied;
        const [least, limit] = [leastMs, device.clockLimitMs].map((ms) => (ms / 1000).toFixed(1));
        return no(
          `时钟校验互相矛盾，其中一种方法表明设备时钟至少偏差 ${least} 秒，超过 ${limit} 秒（${zh}）；补登人工校验或立即校时都不能推翻，本记录只能转现场核查`,
          `Comparisons of the clock contradict one another, and one says that it was off by ${least} s at least, more than ${limit} s (${en}); neither a comparison by hand nor one made now overrules it, this record is checked on site`,
        );
      }
      if (device.clockLacks.length > 0) {
        const sides = device.clockLacks;
        return no(
          `拍摄${sides.map((side) => (side === "before" ? "之前" : "之后")).join("、")} 24 小时内没有时钟校验记录`,
          `The clock was not compared within 24 hours ${sides.join(" and ")} the capture`,
        );
      }
      // how many pictures, how far apart, is asked of those that stand alone
      const failed = policy.evidenceMode === "DIRECT" ? pictureRules.filter(({ passed }) => passed === false) : [];
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
      zh: "可在已有线索或案件中办理，或者将本记录作重复消除；是另一车辆的，退回重新审核，查清并更正号牌",
      en: "go on with the clue or case that exists, or erase this record as repeated; if it is another vehicle, send it back for its plate to be made out",
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
    zh: "所用记录已经技术、法制审核均通过，审核人不是采集人、承办人；否则只用两名执法人员的现场核查",
    en: "What is used passed technical and legal review by people who neither collected nor handle it; else only the on-site check of two officers is",
    basis: "行政处罚法 41(2)、42、46；浦东非现场执法规定 10",
    allowed: {
      zh: "可退回重新审核，由符合条件的两人分别作技术、法制审核；或者派两名未审核过的执法人员现场核查，以核查笔录和照片为证",
      en: "send it back to review by two people who may give them, or have two officers who did not review it check on site: their record and photos are evidence then",
    },
    refuses: (facts) => {
      const fault = unusableFault(facts);
      return fault === null ? null : pictureFaults[fault];
    },
  },
  "G-08": {
    zh: "审核人具备资格、未回避、未预筛，两审不同人，所审即原件",
    en: "The reviewer is qualified, not recused and did not pre-screen the record, the two reviews are by different people, what is reviewed is the original",
    basis: "行政处罚法 41(2)、42–43；职责分离为本系统规则",
    allowed: {
      zh: "可由持有效执法证、未回避、未采集、未预筛、不承办也未作另一项审核的审核员审核",
      en: "a reviewer may do it who holds a valid certificate, is not recused, and neither collected, pre-screened nor handles it nor did the other review",
    },
    refuses: (facts) => {
      if (!facts.actor.qualified)
        return no("审核人今日没有有效的执法证", "The reviewer holds no certificate that is valid today");
      if (facts.actor.recused) return no("审核人应当回避", "The reviewer is recused");
      if (facts.collectorIds.includes(facts.actor.id))
        return no("采集人不得审核自己采集的记录", "A collector may not review the own record");
      if (facts.prescreenedBy.includes(facts.actor.id))
        return no(
          "预筛过该记录（送审、剔除或者恢复）的人员不得审核该记录",
          "Whoever pre-screened the record (sent it on, discarded it or brought it back) may not review it",
        );
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
      const isLegal = facts.event.startsWith("legal_");
      const other = isLegal ? "technical" : "legal";
      if (facts.reviews.some((review) => review.kind === other && review.reviewerId === facts.actor.id)) {
        return no(
          "同一人不得同时作技术审核和法制审核",
          "One person may not do both the technical and the legal review",
        );
      }
      if (isLegal && !facts.reviews.some((review) => review.kind === "technical" && passed(review))) {
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
      zh: "可先劝阻并责令改正，期满后复查（由承办人认定，或者两名执法人员期满后到现场核查）再办；已改正且轻微的，不予处罚",
      en: "dissuade and order to correct first and look again after the time (a handler says what is seen, or two officers check the place after it); what is corrected and minor ends without a penalty",
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
  "G-30": {
    zh: "法律步骤只能由具备相应职责的人作出",
    en: "Only a person holding the duty takes a legal step",
    basis: "行政处罚法 42；个人信息保护法 24",
    allowed: { zh: "可由具备该职责的人登录办理", en: "a person who holds the duty may sign in and do it" },
    refuses: (facts) =>
      facts.actor.kind === "person" ? null : no("机器不得作出法律步骤", "A machine may not take a legal step"),
  },
  ...houseGuards,
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
