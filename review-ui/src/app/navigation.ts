import type { Duty } from "@mingcha/models";
import { objectDuties } from "@mingcha/models/objects";
import { statisticsDuties } from "@mingcha/models/statistics";
import { suppressionDuties } from "@mingcha/models/suppression";

/** Pages in the order of the header, each with the duties that may open it (models/src/http/README.md). */
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
  { id: "suppressions", path: "/suppressions", duties: suppressionDuties.read },
  {
    id: "secondLooks",
    path: "/second-looks",
    duties: ["technical_reviewer", "legal_reviewer", "head", "auditor"],
  },
  { id: "samples", path: "/samples", duties: statisticsDuties.samples },
  { id: "statistics", path: "/statistics", duties: statisticsDuties.read },
  { id: "upload", path: "/upload", duties: ["monitor", "pilot", "administrator"] },
  { id: "people", path: "/people", duties: ["administrator", "head"] },
  { id: "custody", path: "/custody", duties: ["auditor", "head", "administrator"] },
  { id: "known", path: "/known-items", duties: ["auditor", "administrator"] },
  {
    id: "status",
    path: "/status",
    duties: ["monitor", "pilot", "technical_reviewer", "legal_reviewer", "handler", "head", "auditor", "administrator"],
  },
] as const satisfies readonly { id: string; path: string; duties: readonly Duty[] }[];

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
