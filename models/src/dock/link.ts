/** How the connection to the broker stands. */
export const linkStates = {
  off: { zh: "未启用", en: "Switched off" },
  connecting: { zh: "连接中", en: "Connecting" },
  connected: { zh: "已连接", en: "Connected" },
  lost: { zh: "断开，自动重连", en: "Lost; it is tried again" },
} as const;
export type LinkState = keyof typeof linkStates;
export const linkStateCodes = Object.keys(linkStates) as [LinkState, ...LinkState[]];

/** Why there is none. */
export const linkReasons = {
  unreachable: { zh: "消息服务器无法连接", en: "the broker cannot be reached" },
  not_authorised: { zh: "消息服务器拒绝用户名或密码", en: "the broker refuses user name or password" },
  certificate: { zh: "消息服务器的证书不受信任", en: "the broker's certificate is not trusted" },
  taken_over: { zh: "另一进程以同一身份连接", en: "another process connected under the same name" },
  machine_lost: { zh: "持有连接的接收进程失联", en: "the machine that held the connection fell silent" },
  closed: { zh: "消息服务器中断了连接", en: "the broker closed the connection" },
} as const;
export type LinkReason = keyof typeof linkReasons;
export const linkReasonCodes = Object.keys(linkReasons) as [LinkReason, ...LinkReason[]];
