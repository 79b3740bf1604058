import type { Duty } from "@mingcha/models";
import { suppressionDuties } from "@mingcha/models/suppression";

/** Pages in the order of the header, each with the duties that may open it (models/src/http/README.md). */
export const pages = [
  { id: "queue", path: "/", duties: ["monitor", "technical_reviewer", "legal_reviewer", "handler", "head", "auditor"] },
  { id: "cases", path: "/cases", duties: ["handler", "legal_reviewer", "head", "auditor"] },
  {
    id: "sources",
    path: "/sources",
    duties: ["monitor", "administrator", "technical_reviewer", "legal_reviewer", "head", "auditor"],
  },
  { id: "suppressions", path: "/suppressions", duties: suppressionDuties.read },
  { id: "upload", path: "/upload", duties: ["monitor", "pilot", "administrator"] },
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

/** Where a person lands who may not open the queue. */
export function homePath(held: readonly Duty[]): string {
  return pages.find((page) => mayOpen(page.id, held))?.path ?? "/status";
}
