/** One row of the closed table of errors: HTTP status, whether a job may be retried, and the public text in both languages. */
export interface ErrorRow {
  readonly status: number;
  readonly retryable: boolean;
  /** Why. */
  readonly zh: string;
  readonly en: string;
  /** What would be allowed, shown behind the reason; every refusal has it (errors.test.ts). */
  readonly allowed?: { readonly zh: string; readonly en: string };
}

/**
 * Every error a person or a caller can meet. `detail` given to `AppError` is for the log alone;
 * only the texts below, with `{name}` placeholders filled from `params`, leave the server.
 */
export const errorCodes = {
  BAD_INPUT: {
    status: 400,
    retryable: false,
    zh: "输入不符合要求：{reason}。",
    en: "The input is not acceptable: {reason}.",
    allowed: { zh: "请改正后再提交。", en: "Correct it and send it again." },
  },
  NOT_SIGNED_IN: {
    status: 401,
    retryable: false,
    zh: "未登录，或者登录已失效。",
    en: "Nobody is signed in, or the session has ended.",
    allowed: { zh: "请先登录。", en: "Please sign in first." },
  },
  WRONG_LOGIN: {
    status: 401,
    retryable: false,
    zh: "用户名或密码不正确。",
    en: "User name or password is wrong.",
    allowed: {
      zh: "请核对后重试；忘记密码的，由系统管理员重置。",
      en: "Check both and try again; the administrator resets a forgotten password.",
    },
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    retryable: false,
    zh: "尝试次数过多。",
    en: "Too many attempts.",
    allowed: { zh: "请一分钟后再试。", en: "Please try again in a minute." },
  },
  WRONG_ROLE: {
    status: 403,
    retryable: false,
    zh: "您的职责（{have}）不能执行此操作。",
    en: "Your duty ({haveEn}) may not do this.",
    allowed: { zh: "须由持有以下职责之一的人员办理：{need}。", en: "It is for: {needEn}." },
  },
  WRONG_ORIGIN: {
    status: 403,
    retryable: false,
    zh: "请求来源不被允许。",
    en: "The request came from a page that is not allowed.",
    allowed: { zh: "请在本系统的页面上操作。", en: "Please use the pages of this system." },
  },
  NOT_FOUND: {
    status: 404,
    retryable: false,
    zh: "没有找到所请求的内容。",
    en: "What was asked for does not exist.",
    allowed: { zh: "请返回列表核对。", en: "Please go back to the list." },
  },
  STALE: {
    status: 409,
    retryable: false,
    zh: "该记录已被他人处理。",
    en: "Someone else has handled this record.",
    allowed: { zh: "请刷新后按现在的内容办理。", en: "Reload and decide on what is there now." },
  },
  TAKEN: {
    status: 409,
    retryable: false,
    zh: "{who}正在处理该记录，至 {until}。",
    en: "{who} is working on this record until {until}.",
    allowed: { zh: "其办完或离开后即可处理。", en: "It is free again once they have finished or left." },
  },
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
  MEDIA_REFUSED: {
    status: 422,
    retryable: false,
    zh: "该媒体文件不能使用：{zh}",
    en: "This media file cannot be used: {en}",
    allowed: { zh: "请换用未损坏的原始文件。", en: "Please use an undamaged original file." },
  },
  STORE_FULL: {
    status: 507,
    retryable: true,
    zh: "存储空间不足，暂不接收新文件。",
    en: "The store is nearly full; no new files are accepted.",
  },
  STORE_LOW: {
    status: 507,
    retryable: true,
    zh: "存储空间偏低，可以等待的文件暂不入库。",
    en: "There is little room; files that may wait are not taken in yet.",
    allowed: {
      zh: "文件留在原处，空间恢复后自动入库。",
      en: "They stay where they are and come in when there is more.",
    },
  },
  MEDIA_DELETED: {
    status: 410,
    retryable: false,
    zh: "该影像已于 {date} 按规定到期删除（删除证明第 {number} 号）。",
    en: "This imagery was deleted on {date} when its time was over (certificate {number}).",
    allowed: {
      zh: "记录、哈希与删除证明仍可查阅，见“留存与删除”。",
      en: "The record, its hashes and the certificate can still be read under “Retention”.",
    },
  },
  HOLD_TERM: {
    status: 422,
    retryable: false,
    zh: "保全期限须晚于现在，且不超过 {days} 天。",
    en: "A legal hold has to end after now and within {days} days.",
    allowed: { zh: "请改期；到期前可再次保全。", en: "Choose another date; another hold may follow." },
  },
  HOLD_EMPTY: {
    status: 422,
    retryable: false,
    zh: "所选范围内的影像已全部按规定删除，没有可保全的内容。",
    en: "All imagery of that stretch was deleted when its time was over; there is nothing left to hold.",
    allowed: { zh: "删除证明见“留存与删除”。", en: "The certificates are under “Retention”." },
  },
  HOLD_SAME_PERSON: {
    status: 403,
    retryable: false,
    zh: "解除保全须由两人办理：提出的人不能自己确认。",
    en: "Lifting a legal hold takes two people: whoever proposed it may not confirm it.",
    allowed: { zh: "请由另一名机关负责人或监督审计员确认。", en: "Another head or auditor confirms it." },
  },
  HASH_MISMATCH: {
    status: 422,
    retryable: false,
    zh: "文件哈希与原件不一致。",
    en: "The file's hash differs from the original's.",
    allowed: { zh: "请重新上传原件。", en: "Please upload the original again." },
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
  WRONG_DISTRICT: {
    status: 403,
    retryable: false,
    zh: "来源属于{district}，不在您的辖区（{have}）。",
    en: "The source is in {districtEn}, outside your district ({haveEn}).",
    allowed: {
      zh: "您可以查看；办理须由辖区含{district}或负责全局的人员进行，现有 {people} 人可以办理。",
      en: "You may look at it; it is for people of {districtEn} or of the whole bureau, at present {people}.",
    },
  },
  OFFICER_BARRED: {
    status: 422,
    retryable: false,
    zh: "所指定的{who}不能承办该记录：{why}。",
    en: "{who} may not be named for this record: {whyEn}.",
    allowed: {
      zh: "请改选辖区相符、未回避且执法证有效的承办人。",
      en: "Please name a handler of the district who is not recused and holds a valid certificate.",
    },
  },
  STEP_UP_NEEDED: {
    status: 403,
    retryable: false,
    zh: "距上次输入密码已超过 {minutes} 分钟，作出法律步骤前须确认是本人。",
    en: "The password was typed in more than {minutes} minutes ago; a step of the law needs to know that it is you.",
    allowed: {
      zh: "请再次输入密码，然后重复此操作；查看不受影响。",
      en: "Type the password again and repeat the step; looking is not affected.",
    },
  },
  PASSWORD_CHANGE_NEEDED: {
    status: 403,
    retryable: false,
    zh: "您使用的是系统管理员发放的一次性密码。",
    en: "You are using a password that the administrator handed out.",
    allowed: {
      zh: "请先设置自己的密码，然后即可使用。",
      en: "Choose a password of your own first; then everything is open to you.",
    },
  },
  WRONG_PASSWORD: {
    status: 403,
    retryable: false,
    zh: "密码不正确。",
    en: "The password is wrong.",
    allowed: {
      zh: "还可以再试 {left} 次，之后须重新登录。",
      en: "You may try {left} more times; after that you have to sign in again.",
    },
  },
  WEAK_PASSWORD: {
    status: 422,
    retryable: false,
    zh: "不能使用该密码：{zh}。",
    en: "This password may not be used: {en}.",
    allowed: {
      zh: "请使用 12 个以上字符、与现有密码不同、不含用户名和姓名的密码，可以是一句话。",
      en: "Use 12 characters or more, different from the present password, without user name and name; a sentence will do.",
    },
  },
  OWN_ACCOUNT: {
    status: 403,
    retryable: false,
    zh: "不得更改本人的职责、辖区、执法证、密码重置或停用状态。",
    en: "Nobody changes the own duties, districts, certificates, reset or disabling.",
    allowed: {
      zh: "请由另一名系统管理员办理；本人的密码可在「我的账号」更改。",
      en: "Another administrator does it; your own password is changed on your account page.",
    },
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    retryable: false,
    zh: "这是最后一个可用的系统管理员账号。",
    en: "This is the last administrator account in use.",
    allowed: {
      zh: "请先设立另一名系统管理员，再更改此账号。",
      en: "Make another administrator first, then change this account.",
    },
  },
  OWN_RECUSAL: {
    status: 403,
    retryable: false,
    zh: "该回避涉及您本人，不得由您决定。",
    en: "This recusal is about you; you may not decide on it.",
    allowed: { zh: "由另一名机关负责人决定。", en: "Another head of the authority may decide." },
  },
  RECUSAL_DECIDED: {
    status: 409,
    retryable: false,
    zh: "机关负责人已对该回避作出决定。",
    en: "The head has already decided on this recusal.",
    allowed: { zh: "情况有变的，可以重新提出。", en: "If things have changed, it may be raised anew." },
  },
  RECUSAL_STANDS: {
    status: 409,
    retryable: false,
    zh: "该人员对此的回避已经登记。",
    en: "A recusal of this person for this is on record already.",
    allowed: { zh: "无须再次提出；由机关负责人决定。", en: "Nothing more is needed; the head may decide on it." },
  },
  OBJECT_EXISTS: {
    status: 409,
    retryable: false,
    zh: "登记中已有该对象（{name}）。",
    en: "The register already has this object ({name}).",
    allowed: { zh: "请修改原有档案，不要另建。", en: "Change its file instead of making another." },
  },
  OBJECT_CLOSED: {
    status: 409,
    retryable: false,
    zh: "该档案已关闭，不能再修改或确认。",
    en: "This file is closed and can be neither changed nor confirmed.",
    allowed: { zh: "如恢复经营，请新建档案。", en: "Make a new one if it is in business again." },
  },
  MATCH_STANDS: {
    status: 409,
    retryable: false,
    zh: "该记录已由{who}确认对象“{name}”。",
    en: "This record already has a confirmed object, “{name}”, by {who}.",
    allowed: { zh: "如有误，请先注明理由撤销。", en: "Withdraw that with a reason first if it is wrong." },
  },
  SHEET_REFUSED: {
    status: 422,
    retryable: false,
    zh: "该表格不能使用：{zh}",
    en: "This sheet cannot be used: {en}",
    allowed: { zh: "请按模板改正后再上传。", en: "Correct it after the template and upload it again." },
  },
  PREVIEW_STALE: {
    status: 409,
    retryable: false,
    zh: "预览之后文件或登记有变化（或该文件已经导入过），没有写入任何内容。",
    en: "The file or the register has changed since the preview (or the file was imported already); nothing was written.",
    allowed: { zh: "请重新预览后再导入。", en: "Preview it again, then import." },
  },
  TOO_MANY_STREAMS: {
    status: 429,
    retryable: true,
    zh: "您已有 {max} 个窗口在实时接收更新。",
    en: "You already have {max} windows receiving live updates.",
    allowed: { zh: "请关闭一个；本窗口将定时刷新。", en: "Close one; this window refreshes at intervals meanwhile." },
  },
  MAP_SPAN: {
    status: 422,
    retryable: false,
    zh: "地图统计的起止时间前后颠倒或超过 {days} 天。",
    en: "The map was asked for more than {days} days, or for an end before its beginning.",
    allowed: {
      zh: "请选择先后有序、不超过 {days} 天的起止时间。",
      en: "Choose at most {days} days, from an earlier to a later instant.",
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
  LEAD_MOVE_CLOSED: {
    status: 409,
    retryable: false,
    zh: "该渣土线索现为“{zh}”，不能这样处理。",
    en: 'This truck finding is "{en}" now; that step is not open to it.',
    allowed: { zh: "请刷新后按所列的操作处理。", en: "Load it again and take one of the steps it offers." },
  },
  TRUCK_FILE_WITHDRAWN: {
    status: 409,
    retryable: false,
    zh: "该文件已撤回。",
    en: "This file was withdrawn already.",
    allowed: {
      zh: "如需使用其中的记录，请改正后重新导入。",
      en: "To have its rows count, import it again, corrected.",
    },
  },
  LEAD_NEEDS_REASON: {
    status: 422,
    retryable: false,
    zh: "排除或恢复须说明理由。",
    en: "Discarding, or opening again, needs a reason.",
    allowed: { zh: "请选择理由并补充说明。", en: "Choose a reason and say more where it is needed." },
  },
  INTERNAL: { status: 500, retryable: true, zh: "系统内部错误，已记录。", en: "Internal error; it has been recorded." },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCodes;
