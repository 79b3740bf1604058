/**
 * The states of an on-site check 现场核查 as data. It belongs to a clue in ON_SITE_CHECK; two officers sign it, each with the own account
 * on the own device. What is signed is the hash of the content, so a change after a signature undoes it: the row of the signature stays.
 */
export const onSiteStates = {
  OPEN: { zh: "核查中", en: "Under way", signatures: 0 },
  SIGNED_BY_FIRST: { zh: "一人已签名", en: "Signed by one officer", signatures: 1 },
  SIGNED_BY_BOTH: { zh: "两人已签名", en: "Signed by both officers", signatures: 2 },
  WITHDRAWN: { zh: "已撤回", en: "Withdrawn", signatures: 0 },
} as const;
export type OnSiteState = keyof typeof onSiteStates;
export const onSiteStateCodes = Object.keys(onSiteStates) as [OnSiteState, ...OnSiteState[]];

/** `change`: findings saved, a photo added or withdrawn. */
export type OnSiteEvent = "sign" | "change" | "withdraw";

/** Every arrow of an on-site check. An arrow that is not here does not exist; a withdrawn check takes nothing more. */
export const onSiteTransitions: readonly { from: OnSiteState; event: OnSiteEvent; to: OnSiteState }[] = [
  { from: "OPEN", event: "sign", to: "SIGNED_BY_FIRST" },
  { from: "SIGNED_BY_FIRST", event: "sign", to: "SIGNED_BY_BOTH" },
  { from: "OPEN", event: "change", to: "OPEN" },
  { from: "SIGNED_BY_FIRST", event: "change", to: "OPEN" },
  { from: "SIGNED_BY_BOTH", event: "change", to: "OPEN" },
  { from: "OPEN", event: "withdraw", to: "WITHDRAWN" },
  { from: "SIGNED_BY_FIRST", event: "withdraw", to: "WITHDRAWN" },
  { from: "SIGNED_BY_BOTH", event: "withdraw", to: "WITHDRAWN" },
];

/** The state an event leads to, or null where there is no such arrow. */
export function nextOnSiteState(from: OnSiteState, event: OnSiteEvent): OnSiteState | null {
  return onSiteTransitions.find((row) => row.from === from && row.event === event)?.to ?? null;
}
