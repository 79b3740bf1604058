/** Why nothing arrives from a live source. `mend`: trying again helps nobody before a person has changed something, so it is tried seldom. */
export const streamReasons = {
  name_unknown: { zh: "找不到主机名", en: "The host name is not known", mend: false },
  not_allowed: {
    zh: "地址不在允许的网段内（MINGCHA_STREAM_NETWORKS）",
    en: "The address lies outside the allowed networks (MINGCHA_STREAM_NETWORKS)",
    mend: true,
  },
  unreachable: { zh: "主机不可达或拒绝连接", en: "The host cannot be reached or refuses the connection", mend: false },
  no_answer: { zh: "设备未在时限内应答", en: "The device did not answer in time", mend: false },
  wrong_password: { zh: "用户名或密码错误", en: "User name or password is wrong", mend: true },
  not_found: { zh: "设备上没有该路径的视频流", en: "The device has no stream under this path", mend: true },
  not_understood: {
    zh: "设备的应答不符合所选协议",
    en: "The device's answer is not of the kind that was chosen",
    mend: true,
  },
  refused: { zh: "设备拒绝播放", en: "The device refuses to play", mend: false },
  codec: { zh: "视频编码不是 H.264 或 H.265", en: "The video is neither H.264 nor H.265", mend: true },
  encrypted: { zh: "视频流已加密，无法留存为证据", en: "The stream is encrypted and cannot be kept", mend: true },
  not_picture: { zh: "设备的应答不是 JPEG 图片", en: "What the device sends is no JPEG", mend: true },
  silent: { zh: "已连接但没有画面数据", en: "Connected, but no pictures come", mend: false },
  ended: { zh: "设备中断了视频流", en: "The device ended the stream", mend: false },
  tool_failed: { zh: "切片程序异常退出", en: "The program that cuts clips broke off", mend: false },
  machine_lost: { zh: "接收该路视频的机器失联", en: "The machine that received it was lost", mend: false },
  store_full: { zh: "磁盘空间不足，暂停接收", en: "Too little room on the disk; nothing is received", mend: false },
  switched_off: { zh: "人工停用", en: "Switched off by a person", mend: false },
  restarted: { zh: "接收程序停机或重启", en: "The receiving process was stopped or restarted", mend: false },
} as const satisfies Record<string, { zh: string; en: string; mend: boolean }>;
export type StreamReason = keyof typeof streamReasons;
export const streamReasonCodes = Object.keys(streamReasons) as [StreamReason, ...StreamReason[]];

/** Why a clip that had arrived was not kept. */
export const dropCauses = {
  behind: { zh: "检测滞后（skip-stale）", en: "the detector lags behind (skip-stale)" },
  low_disk: { zh: "磁盘空间偏低（skip-stale）", en: "little room on the disk (skip-stale)" },
} as const;
export type DropCause = keyof typeof dropCauses;
