import type { Duty } from "@mingcha/models";
import type { ClueState } from "@mingcha/models/clue";

/** The tabs of the review queue. Work still to do goes by due time and priority, what is done newest first. */
export const queueTabs = [
  { id: "prescreen", states: ["PRESCREEN"], order: "due" },
  { id: "technical", states: ["TECH_REVIEW"], order: "due" },
  { id: "legal", states: ["LEGAL_REVIEW"], order: "due" },
  { id: "onSite", states: ["ON_SITE_CHECK", "VERIFIED"], order: "due" },
  { id: "admissible", states: ["ADMISSIBLE", "DISSUADED", "CLOSE_PROPOSED", "READY_TO_FILE"], order: "due" },
  { id: "filed", states: ["FILED"], order: "newest" },
  {
    id: "closed",
    states: ["REJECTED", "DISCARDED", "MERGED", "CLOSED_NOT_FOUND", "CLOSED_NO_PENALTY", "ERASED", "TRANSFERRED"],
    order: "newest",
  },
] as const satisfies readonly { id: string; states: readonly ClueState[]; order: "newest" | "due" }[];

export type QueueTab = (typeof queueTabs)[number];
export type QueueTabId = QueueTab["id"];

const firstTab: Partial<Record<Duty, QueueTabId>> = {
  technical_reviewer: "technical",
  legal_reviewer: "legal",
  handler: "admissible",
  monitor: "prescreen",
  head: "admissible",
  auditor: "filed",
};

/** The tab a person's duty works in. */
export function defaultTab(duties: readonly Duty[]): QueueTabId {
  for (const duty of Object.keys(firstTab) as Duty[]) {
    const tab = firstTab[duty];
    if (tab !== undefined && duties.includes(duty)) return tab;
  }
  return "technical";
}

/** Number of records in a tab. */
export function countOf(tab: QueueTab, counts: Readonly<Record<string, number>>): number {
  return tab.states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

export function firstFilledTab(counts: Readonly<Record<string, number>>): QueueTab | null {
  return queueTabs.find((tab) => countOf(tab, counts) > 0) ?? null;
}

/** What a queue shows, as it stands in the address: the item page needs it to know which item comes next. */
export interface QueueFilter {
  readonly tab: QueueTab;
  readonly violation: string | undefined;
  readonly sourceId: string | undefined;
  readonly q: string | undefined;
}

export function readQueueFilter(search: URLSearchParams, duties: readonly Duty[]): QueueFilter {
  const wanted = search.get("tab") ?? defaultTab(duties);
  return {
    tab: queueTabs.find((tab) => tab.id === wanted) ?? queueTabs[0],
    violation: search.get("violation") ?? undefined,
    sourceId: search.get("source") ?? undefined,
    q: search.get("q") ?? undefined,
  };
}

export function writeQueueFilter(filter: QueueFilter): string {
  const search = new URLSearchParams({ tab: filter.tab.id });
  if (filter.violation) search.set("violation", filter.violation);
  if (filter.sourceId) search.set("source", filter.sourceId);
  if (filter.q) search.set("q", filter.q);
  return search.toString();
}

/** The same as a question to the server. */
export function clueFilterOf(filter: QueueFilter) {
  return {
    state: filter.tab.states.join(","),
    violation: filter.violation,
    sourceId: filter.sourceId,
    q: filter.q,
    order: filter.tab.order,
  } as const;
}

/** The tab that holds a state: where an item opened by its address belongs. */
export function tabOfState(state: ClueState): QueueTab {
  return queueTabs.find((tab) => (tab.states as readonly ClueState[]).includes(state)) ?? queueTabs[0];
}

/** The item to open after this one: the next below it that the person may act on, else the first above. */
export function nextInQueue<T extends { id: string; barred: unknown; takenBy: unknown }>(
  items: readonly T[],
  currentId: string,
): T | undefined {
  const at = items.findIndex((item) => item.id === currentId);
  const open = (item: T) => item.id !== currentId && item.barred === null && item.takenBy === null;
  return items.slice(at + 1).find(open) ?? items.slice(0, Math.max(0, at)).find(open);
}
