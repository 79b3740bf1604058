import type { ErrorRow } from "./error-row.ts";

/** Of accounts, duties, districts and recusals. */
export const peopleErrors = {
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
  WRONG_ROLE: {
    status: 403,
    retryable: false,
    zh: "您的职责（{have}）不能执行此操作。",
    en: "Your duty ({haveEn}) may not do this.",
    allowed: { zh: "须由持有以下职责之一的人员办理：{need}。", en: "It is for: {needEn}." },
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
} as const satisfies Record<string, ErrorRow>;
