/** Why a message of a dock led to nothing. Each is counted by day, so a flood fills no table. `isRefusal`: the dock is told. */
export const dockDropCauses = {
  too_large: { zh: "消息过大", en: "message too large", isRefusal: false },
  not_json: { zh: "消息不是 JSON", en: "message is no JSON", isRefusal: false },
  malformed: { zh: "消息格式不符", en: "message is malformed", isRefusal: false },
  wrong_gateway: { zh: "消息自称另一机场", en: "message names another dock", isRefusal: false },
  unknown_method: { zh: "不认识的方法", en: "unknown method", isRefusal: true },
  bad_request: { zh: "请求内容不符", en: "content of the request is malformed", isRefusal: true },
  bad_key: { zh: "对象名不合规则", en: "object key against the rules", isRefusal: true },
  foreign_key: { zh: "对象名属于另一机场", en: "object key of another dock", isRefusal: true },
  too_many: { zh: "待核对文件过多", en: "too many files wait to be checked", isRefusal: true },
  not_bound: { zh: "机场未登记来源", en: "the dock has no source", isRefusal: true },
  wrong_code: { zh: "绑定码错误", en: "wrong binding code", isRefusal: true },
} as const satisfies Record<string, { zh: string; en: string; isRefusal: boolean }>;
export type DockDropCause = keyof typeof dockDropCauses;
export const dockDropCauseCodes = Object.keys(dockDropCauses) as [DockDropCause, ...DockDropCause[]];

/** `data.result` of a reply. 0 is DJI's; the others are ours: DJI asks only that they are not 0. */
export const resultCodes = {
  ok: 0,
  bad_request: 1,
  unknown_method: 2,
  not_bound: 3,
  wrong_code: 4,
  bad_key: 5,
  foreign_key: 6,
  too_many: 7,
  no_storage: 8,
  no_configuration: 9,
} as const;
export type ResultCode = keyof typeof resultCodes;
