/** Why a device's clock could not be compared by a method. None of them is a fault of the stream: pictures come all the same. */
export const clockReasons = {
  switched_off: { zh: "已停用该方法", en: "The method is switched off" },
  tells_nothing: { zh: "设备没有报告自己的时间", en: "The device tells nothing of its clock" },
  nothing_new: { zh: "设备此后没有再报告自己的时间", en: "The device has not told its time again since" },
  not_connected: { zh: "视频流未连接，无法读取", en: "The stream is not connected, so nothing can be read" },
  name_unknown: { zh: "找不到主机名", en: "The host name is not known" },
  not_allowed: {
    zh: "地址不在允许的网段内（MINGCHA_STREAM_NETWORKS）",
    en: "The address lies outside the allowed networks (MINGCHA_STREAM_NETWORKS)",
  },
  unreachable: { zh: "该端口不可达或拒绝连接", en: "The port cannot be reached or refuses the connection" },
  no_answer: { zh: "设备未在时限内应答", en: "The device did not answer in time" },
  wrong_password: { zh: "设备拒绝该用户名和密码", en: "The device refuses user name and password" },
  needs_password: {
    zh: "设备要求登录，但未登记用户名和密码",
    en: "The device asks to sign in, and no user is kept for it",
  },
  port_not_stated: {
    zh: "设备要求登录；ONVIF 端口未登记，密码不会发往默认端口，请由系统管理员在「实时接入」填写端口",
    en: "The device asks to sign in; its ONVIF port is not stated, and the password does not go to the usual one: an administrator states the port",
  },
  not_found: { zh: "设备上没有该 ONVIF 路径", en: "The device has no ONVIF service under this path" },
  redirected: { zh: "设备指向别处，未跟随", en: "The device points elsewhere, which is not followed" },
  too_large: { zh: "应答过大，已放弃", en: "The answer is too large and was given up" },
  not_understood: { zh: "应答不是 ONVIF 设备时间", en: "The answer is no ONVIF device time" },
  device_fault: { zh: "设备报告错误，未给出时间", en: "The device reports a fault instead of its time" },
  no_zone: {
    zh: "设备只报告本地时间，未说明时区",
    en: "The device tells local time only and not its time zone",
  },
  unsteady: { zh: "设备时间前后矛盾，未采用", en: "The times the device tells contradict one another; none is taken" },
} as const satisfies Record<string, { zh: string; en: string }>;
export type ClockReason = keyof typeof clockReasons;
export const clockReasonCodes = Object.keys(clockReasons) as [ClockReason, ...ClockReason[]];
export const isClockReason = (code: string): code is ClockReason => Object.hasOwn(clockReasons, code);
