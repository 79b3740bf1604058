/** One row of the closed table of errors: HTTP status, whether a job may be retried, and the public text in both languages. */
interface ErrorRow {
  readonly status: number;
  readonly retryable: boolean;
  readonly zh: string;
  readonly en: string;
}

/**
 * Every error a person or a caller can meet. `detail` given to {@link AppError} is for the log alone;
 * only the texts below, with `{name}` placeholders filled from `params`, leave the server.
 */
export const errorCodes = {
  BAD_INPUT: {
    status: 400,
    retryable: false,
    zh: "输入不符合要求：{reason}",
    en: "The input is not acceptable: {reason}",
  },
  NOT_SIGNED_IN: { status: 401, retryable: false, zh: "请先登录。", en: "Please sign in first." },
  WRONG_LOGIN: { status: 401, retryable: false, zh: "用户名或密码不正确。", en: "User name or password is wrong." },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    retryable: false,
    zh: "尝试次数过多，请稍后再试。",
    en: "Too many attempts. Please try again later.",
  },
  WRONG_ROLE: {
    status: 403,
    retryable: false,
    zh: "您的职责（{have}）不能执行此操作；需要：{need}。",
    en: "Your duty ({haveEn}) may not do this; needed: {needEn}.",
  },
  WRONG_ORIGIN: {
    status: 403,
    retryable: false,
    zh: "请求来源不被允许。",
    en: "The request came from a page that is not allowed.",
  },
  NOT_FOUND: { status: 404, retryable: false, zh: "没有找到所请求的内容。", en: "What was asked for does not exist." },
  STALE: {
    status: 409,
    retryable: false,
    zh: "该记录已被他人处理，请刷新后再试。",
    en: "Someone else has handled this record; please reload.",
  },
  TAKEN: {
    status: 409,
    retryable: false,
    zh: "{who}正在处理该记录，至 {until}。",
    en: "{who} is working on this record until {until}.",
  },
  NO_SUCH_STEP: {
    status: 409,
    retryable: false,
    zh: "当前状态（{state}）下不能执行此步骤。",
    en: "This step does not exist in the present state ({state}).",
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
  },
  STORE_FULL: {
    status: 507,
    retryable: true,
    zh: "存储空间不足，暂不接收新文件。",
    en: "The store is nearly full; no new files are accepted.",
  },
  HASH_MISMATCH: {
    status: 422,
    retryable: false,
    zh: "文件哈希与原件不一致。",
    en: "The file's hash differs from the original's.",
  },
  CORRECTION_REFUSED: {
    status: 422,
    retryable: false,
    zh: "更正不被接受：{zh}。",
    en: "The correction is not accepted: {en}.",
  },
  OFFER_GONE: {
    status: 409,
    retryable: false,
    zh: "该抑制建议已不存在：又有新的驳回，或者其依据已变化，请刷新后按现在的内容决定。",
    en: "This offer no longer stands: a new rejection or a changed ground made another of it. Reload and decide on what is there now.",
  },
  OFFER_TAKEN: {
    status: 409,
    retryable: false,
    zh: "该抑制建议已由{who}批准。",
    en: "This offer was already approved by {who}.",
  },
  OWN_REJECTION: {
    status: 403,
    retryable: false,
    zh: "其中有您本人驳回的线索，须由未参与驳回的机关负责人批准。",
    en: "You rejected some of these flags yourself; a head who rejected none of them must approve.",
  },
  OWN_DEVICE_REVIEW: {
    status: 403,
    retryable: false,
    zh: "您已作出该设备的{zh}，另一项审核须由他人作出。",
    en: "You did the {en}; the other review must be another person's.",
  },
  SUPPRESSION_TERM: {
    status: 422,
    retryable: false,
    zh: "抑制的截止时间须在现在之后、且不超过 {days} 天（最迟 {latest}）。",
    en: "A suppression must end after now and within {days} days (at the latest {latest}).",
  },
  SUPPRESSION_ENDED: {
    status: 409,
    retryable: false,
    zh: "该抑制已到期或已撤销，不再有效，无须撤销。",
    en: "This suppression has expired or was revoked; there is nothing left to revoke.",
  },
  INTERNAL: { status: 500, retryable: true, zh: "系统内部错误，已记录。", en: "Internal error; it has been recorded." },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCodes;

/** An expected failure with a code of {@link errorCodes}. Everything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    params: Record<string, string> = {},
    options: { detail?: string; cause?: unknown } = {},
  ) {
    super(options.detail ?? fillText(errorCodes[code].en, params), { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.params = params;
  }
}

/** Public text of an error in both languages. */
export function publicText(code: ErrorCode, params: Readonly<Record<string, string>> = {}): { zh: string; en: string } {
  const row = errorCodes[code];
  return { zh: fillText(row.zh, params), en: fillText(row.en, params) };
}

function fillText(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
}
