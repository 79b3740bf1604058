import { type Duty, duties } from "@mingcha/models";
import { expect, test } from "vitest";
import { beginsAtMonitor, homePath, mayOpen, navigationEntries, pages } from "./navigation.ts";

test("monitoring-centre staff begin at the monitoring centre; who reviews or handles besides begins at that work", () => {
  expect(homePath(["monitor"])).toBe("/monitor");
  expect(beginsAtMonitor(["monitor", "technical_reviewer"])).toBe(false);
  expect(homePath(["monitor", "handler"])).toBe("/");
});

test("the head and the auditor may open the monitoring centre but begin at the queue; a pilot may not open it", () => {
  for (const duty of ["head", "auditor"] as const) {
    expect(mayOpen("monitor", [duty])).toBe(true);
    expect(homePath([duty])).toBe("/");
  }
  expect(mayOpen("monitor", ["pilot"])).toBe(false);
  expect(homePath(["pilot"])).toBe("/upload");
});

test("a header holds at most eight entries for any one duty, and every page a person may open is in it once", () => {
  for (const duty of Object.keys(duties) as Duty[]) {
    const entries = navigationEntries([duty]);
    expect(entries.length).toBeLessThanOrEqual(8);
    const shown = entries.flatMap((entry) =>
      entry.kind === "page" ? [entry.page.id] : entry.pages.map(({ id }) => id),
    );
    expect(shown.toSorted()).toEqual(
      pages
        .filter(({ id }) => mayOpen(id, [duty]))
        .map(({ id }) => id)
        .toSorted(),
    );
  }
});
