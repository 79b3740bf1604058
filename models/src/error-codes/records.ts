import type { ErrorRow } from "./error-row.ts";

/** Of steps on records, their reviews and checks. */
export const recordsErrors = {
  NO_SUCH_STEP: {
    status: 409,
    retryable: false,
    zh: "当前状态（{state}）下不能执行此步骤。",
    en: "This step does not exist in the present state ({stateEn}).",
    allowed: { zh: "请刷新后从页面列出的步骤中选择。", en: "Reload and choose one of the steps that the page offers." },
  },
  GUARD_REFUSED: {
    status: 422,
    retryable: false,
    zh: "{zh}（{guard}，依据：{basis}）",
    en: "{en} ({guard}, basis: {basis})",
  },
  CORRECTION_REFUSED: {
    status: 422,
    retryable: false,
    zh: "更正不被接受：{zh}。",
    en: "The correction is not accepted: {en}.",
    allowed: {
      zh: "请改正该项更正，或退回负责该事实的审核环节。",
      en: "Change the correction, or send the record back to the review that answers for the fact.",
    },
  },
  OFFER_GONE: {
    status: 409,
    retryable: false,
    zh: "该抑制建议已不存在：又有新的驳回，或者其依据已变化。",
    en: "This offer no longer stands: a new rejection or a changed ground made another of it.",
    allowed: { zh: "请刷新后按现在的内容决定。", en: "Reload and decide on what is there now." },
  },
  OFFER_TAKEN: {
    status: 409,
    retryable: false,
    zh: "该抑制建议已由{who}批准。",
    en: "This offer was already approved by {who}.",
    allowed: {
      zh: "无须再次批准；如有不当，可以撤销。",
      en: "Nothing is left to approve; if it is wrong, it can be revoked.",
    },
  },
  OWN_REJECTION: {
    status: 403,
    retryable: false,
    zh: "其中有您本人驳回的线索。",
    en: "You rejected some of these flags yourself.",
    allowed: { zh: "须由未参与驳回的机关负责人批准。", en: "A head who rejected none of them may approve." },
  },
  OWN_DEVICE_REVIEW: {
    status: 403,
    retryable: false,
    zh: "您已作出该设备的{zh}。",
    en: "You did the {en}.",
    allowed: { zh: "另一项审核须由他人作出。", en: "The other review is for another person." },
  },
  SUPPRESSION_TERM: {
    status: 422,
    retryable: false,
    zh: "抑制的截止时间须在现在之后、且不超过 {days} 天（最迟 {latest}）。",
    en: "A suppression must end after now and within {days} days (at the latest {latest}).",
    allowed: { zh: "请选择期限内的日期。", en: "Please choose a day within that time." },
  },
  SUPPRESSION_ENDED: {
    status: 409,
    retryable: false,
    zh: "该抑制已到期或已撤销，不再有效。",
    en: "This suppression has expired or was revoked.",
    allowed: {
      zh: "无须撤销；需要时可另行批准。",
      en: "There is nothing left to revoke; another one may be approved.",
    },
  },
  SAMPLE_ANSWERED: {
    status: 409,
    retryable: false,
    zh: "您已判断过这一画面。",
    en: "You have judged this look already.",
    allowed: { zh: "每人只判断一次，请看下一画面。", en: "Everybody judges a look once; go on to the next." },
  },
  OWN_SAMPLE: {
    status: 403,
    retryable: false,
    zh: "这一画面由您采集，或其记录由您审核。",
    en: "You recorded this look or reviewed its record.",
    allowed: { zh: "须由他人判断，请看下一画面。", en: "Another person must judge it; go on to the next." },
  },
  ON_SITE_CLOSED: {
    status: 409,
    retryable: false,
    zh: "该现场核查已结束（{zh}），不能再改。",
    en: "This on-site check has ended ({en}) and can no longer be changed.",
    allowed: { zh: "如需再查，请由承办人重新派员。", en: "A handler may send officers again." },
  },
  ON_SITE_INCOMPLETE: {
    status: 422,
    retryable: false,
    zh: "现在不能签名：{zh}。",
    en: "It cannot be signed yet: {en}.",
    allowed: { zh: "请补齐后再签名。", en: "Complete it, then sign." },
  },
  ON_SITE_NOT_YOURS: {
    status: 403,
    retryable: false,
    zh: "您不是被派出的执法人员。",
    en: "You are not one of the officers who were sent.",
    allowed: {
      zh: "由被派出的两名执法人员填写和签名：{who}。",
      en: "The two officers who were sent fill it in and sign: {who}.",
    },
  },
  ON_SITE_SIGNED: {
    status: 409,
    retryable: false,
    zh: "您已对现有内容签名。",
    en: "You signed what stands here now.",
    allowed: {
      zh: "由另一名执法人员用自己的账号和设备签名。",
      en: "The other officer signs with the own account on the own device.",
    },
  },
  ON_SITE_SAME_DEVICE: {
    status: 422,
    retryable: false,
    zh: "这台设备上已有另一名执法人员签名。",
    en: "The other officer signed on this device.",
    allowed: { zh: "请在您自己的设备上签名。", en: "Please sign on your own." },
  },
  FIELD_STEP_CLOSED: {
    status: 409,
    retryable: false,
    zh: "该影像与此项的关联现为“{zh}”，不能再作此认定。",
    en: 'Its link with this is "{en}" now; that cannot be said of it.',
    allowed: {
      zh: "请刷新后在所列的可选项中认定；没有列出的，可按线索编号人工关联。",
      en: "Reload and choose among what is offered; what is not offered can be linked by its record's number.",
    },
  },
  FIELD_NEEDS_REASON: {
    status: 422,
    retryable: false,
    zh: "“{zh}”须说明理由。",
    en: '"{en}" needs a reason.',
    allowed: { zh: "请写明理由（至少 2 个字）后再提交。", en: "Say why, in two characters or more." },
  },
  DOCK_FILE_STEP_CLOSED: {
    status: 409,
    retryable: false,
    zh: "该文件现为“{zh}”，不能这样处理。",
    en: 'The file is "{en}" now; that cannot be done with it.',
    allowed: {
      zh: "可以关闭不符、未到、拒收和入库后又被写入的文件，也可以重新打开已关闭的。请刷新后查看。",
      en: "What does not agree, never came, was refused or was written again can be closed, and what is closed opened again. Reload and look.",
    },
  },
  ON_SITE_UNDER_WAY: {
    status: 409,
    retryable: false,
    zh: "该线索已有进行中的现场核查。",
    en: "An on-site check of this record is already under way.",
    allowed: {
      zh: "请等待其完成，或由有权人员注明理由撤销后再派。",
      en: "Wait until it is done, or have it withdrawn with a reason first.",
    },
  },
} as const satisfies Record<string, ErrorRow>;
