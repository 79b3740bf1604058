/** Where a live source stands. `blind` says since when: nothing arrived from then on. */
export const streamStates = {
  off: { zh: "已停用", en: "Switched off" },
  waiting: { zh: "等待接收进程", en: "Waiting for a machine to take it" },
  connecting: { zh: "连接中", en: "Connecting" },
  live: { zh: "接收中", en: "Receiving" },
  blind: { zh: "中断，自动重连", en: "Nothing arrives; it is tried again" },
  refused: { zh: "不能连接，须人工处理", en: "Cannot be read; a person has to mend it" },
} as const;
export type StreamState = keyof typeof streamStates;
export const streamStateCodes = Object.keys(streamStates) as [StreamState, ...StreamState[]];
