import { onSiteResults, photoGaps } from "../on-site/index.ts";
import { type GuardRow, no } from "./guard-facts.ts";
import { isWaiting } from "./second-look.ts";
import type { GuardId } from "./states.ts";

type HouseGuardId = Extract<GuardId, `H-${string}`>;

/** Guards that the table of domain H.6 does not number: what H.1, H.4 and H.7 ask for besides, and rules of the house. */
export const houseGuards: Record<HouseGuardId, GuardRow> = {
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
  "H-07": {
    zh: "及时改正且轻微不予处罚，须该违法类型先行劝阻改正，且期满后的画面或者现场核查可以印证",
    en: "Ending without a penalty because it was corrected takes a violation that is dissuaded first, and a look after the time allowed, or officers on site, that bear it out",
    basis: "行政处罚法 33(1)、54(2)、76(2)；浦东非现场执法规定 15",
    allowed: {
      zh: "可待期满后的复查画面、派员现场核查，或者提出不立案意见报批",
      en: "wait for the look after the time allowed, send two officers, or propose to close and have it approved",
    },
    refuses: ({ policy, dissuasions, confirmedOnSite }) => {
      if (!policy.dissuadeFirst && !policy.onlyIfNotCorrected)
        return no("该违法类型没有先行劝阻改正的规定", "For this violation nothing asks that it be dissuaded first");
      const last = dissuasions.at(-1);
      if (last === undefined) return no("尚未劝阻并责令改正", "The party was not dissuaded and ordered to correct yet");
      if (confirmedOnSite || last.look === "absent") return null;
      return last.look === "present"
        ? no("期满后的画面显示仍在场", "It was still there in the look after the time allowed")
        : no("没有可以印证改正的复查画面", "No look after the time allowed bears the correction out");
    },
  },
  "H-08": {
    zh: "本机关对该违法行为有管辖权和处罚权",
    en: "The authority is competent for the violation",
    basis: "行政处罚法 17、22",
    allowed: { zh: "无权处理的，移送或者消除", en: "what is not this authority's is handed over or erased" },
    refuses: ({ policy }) =>
      policy.competent ? null : no("本机关无权处理该违法行为", "This authority is not competent for the violation"),
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
    refuses: ({ actor, event, secondLook, collectorIds, everCheckedBy, handlers, reviews }) => {
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
      if (everCheckedBy.includes(actor.id))
        return no(
          "现场核查人员不得复核本案记录",
          "An officer of the on-site check may not look at the same record a second time",
        );
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
};
