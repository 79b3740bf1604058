import type { Duty } from "@mingcha/models";
import { fieldDuties } from "@mingcha/models/field";
import { objectDuties } from "@mingcha/models/objects";
import { retentionDuties } from "@mingcha/models/retention";
import { statisticsDuties } from "@mingcha/models/statistics";
import { suppressionDuties } from "@mingcha/models/suppression";
import { truckDuties } from "@mingcha/models/trips";

/**
 * Pages in the order of the header, each with the duties that may open it (models/src/http/README.md). Those of a group share one entry where a
 * person has more pages than a header holds.
 */
export const pages = [
  { id: "monitor", path: "/monitor", duties: ["monitor", "head", "auditor"] },
  { id: "queue", path: "/", duties: ["monitor", "technical_reviewer", "legal_reviewer", "handler", "head", "auditor"] },
  { id: "onSite", path: "/on-site", duties: ["handler"] },
  { id: "cases", path: "/cases", duties: ["handler", "legal_reviewer", "head", "auditor"] },
  {
    id: "sources",
    path: "/sources",
    duties: ["monitor", "administrator", "technical_reviewer", "legal_reviewer", "head", "auditor"],
  },
  { id: "objects", path: "/objects", duties: objectDuties.read },
  { id: "trucks", path: "/trucks", group: "field", duties: truckDuties.read },
  { id: "fieldRecordings", path: "/field-recordings", group: "field", duties: fieldDuties.read },
  { id: "suppressions", path: "/suppressions", group: "quality", duties: suppressionDuties.read },
  {
    id: "secondLooks",
    path: "/second-looks",
    group: "quality",
    duties: ["technical_reviewer", "legal_reviewer", "head", "auditor"],
  },
  { id: "samples", path: "/samples", group: "quality", duties: statisticsDuties.samples },
  { id: "statistics", path: "/statistics", group: "quality", duties: statisticsDuties.read },
  { id: "upload", path: "/upload", duties: ["monitor", "pilot", "administrator"] },
  {
    id: "docks",
    path: "/docks",
    group: "office",
    duties: ["monitor", "administrator", "technical_reviewer", "legal_reviewer", "head", "auditor"],
  },
  { id: "people", path: "/people", group: "office", duties: ["administrator", "head"] },
  { id: "custody", path: "/custody", group: "office", duties: ["auditor", "head", "administrator"] },
  { id: "retention", path: "/retention", group: "office", duties: retentionDuties.read },
  { id: "known", path: "/known-items", group: "quality", duties: ["auditor", "administrator"] },
  {
    id: "status",
    path: "/status",
    group: "office",
    duties: ["monitor", "pilot", "technical_reviewer", "legal_reviewer", "handler", "head", "auditor", "administrator"],
  },
] as const satisfies readonly { id: string; path: string; duties: readonly Duty[]; group?: PageGroup }[];

type PageGroup = "field" | "quality" | "office";
export type PageId = (typeof pages)[number]["id"];

export function mayOpen(page: PageId, held: readonly Duty[]): boolean {
  const found = pages.find((item) => item.id === page);
  return found !== undefined && held.some((duty) => (found.duties as readonly Duty[]).includes(duty));
}

/** Where a person begins: monitoring-centre staff at the monitoring centre, everybody else at the first page of their work. */
export function homePath(held: readonly Duty[]): string {
  if (beginsAtMonitor(held)) return "/monitor";
  return pages.find((page) => page.id !== "monitor" && mayOpen(page.id, held))?.path ?? "/status";
}

/** Those who review or handle besides begin where that work waits. */
export function beginsAtMonitor(held: readonly Duty[]): boolean {
  return (
    held.includes("monitor") && !held.some((duty) => ["technical_reviewer", "legal_reviewer", "handler"].includes(duty))
  );
}

/** As many entries fit beside the bureau's and the person's name on a screen 1366 px wide, in English too. */
const mostEntries = 8;

export type NavigationEntry =
  | { readonly kind: "page"; readonly page: (typeof pages)[number] }
  | { readonly kind: "group"; readonly id: PageGroup; readonly pages: readonly (typeof pages)[number][] };

/** What the header shows somebody: a page each, or the groups folded where those are too many. */
export function navigationEntries(held: readonly Duty[]): NavigationEntry[] {
  const open = pages.filter((page) => mayOpen(page.id, held));
  if (open.length <= mostEntries) return open.map((page) => ({ kind: "page", page }));
  const entries = new Map<string, NavigationEntry>();
  for (const page of open) {
    const group = "group" in page ? page.group : undefined;
    const members = open.filter((other) => "group" in other && other.group === group);
    if (group === undefined || members.length === 1) entries.set(page.id, { kind: "page", page });
    else entries.set(group, { kind: "group", id: group, pages: members });
  }
  return [...entries.values()];
}
