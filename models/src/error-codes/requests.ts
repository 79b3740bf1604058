import type { ErrorRow } from "./error-row.ts";

/** Of any request, whatever it is about. */
export const requestsErrors = {
  BAD_INPUT: {
    status: 400,
    retryable: false,
    zh: "输入不符合要求：{reason}。",
    en: "The input is not acceptable: {reason}.",
    allowed: { zh: "请改正后再提交。", en: "Correct it and send it again." },
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    retryable: false,
    zh: "尝试次数过多。",
    en: "Too many attempts.",
    allowed: { zh: "请一分钟后再试。", en: "Please try again in a minute." },
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
  INTERNAL: { status: 500, retryable: true, zh: "系统内部错误，已记录。", en: "Internal error; it has been recorded." },
} as const satisfies Record<string, ErrorRow>;
