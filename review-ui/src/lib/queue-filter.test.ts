import { clueStateCodes } from "@mingcha/models/clue";
import { expect, test } from "vitest";
import {
  defaultTab,
  firstFilledTab,
  nextInQueue,
  queueTabs,
  readQueueFilter,
  writeQueueFilter,
} from "./queue-filter.ts";

test("every state stands in exactly one tab", () => {
  expect(queueTabs.flatMap((tab) => [...tab.states]).sort()).toEqual([...clueStateCodes].sort());
});

test("each duty starts in its own queue", () => {
  expect(defaultTab(["technical_reviewer"])).toBe("technical");
  expect(defaultTab(["legal_reviewer"])).toBe("legal");
  expect(defaultTab(["handler"])).toBe("admissible");
  expect(defaultTab(["monitor"])).toBe("prescreen");
});

test("a filter survives the way through the address", () => {
  const search = "tab=legal&violation=STALL&source=cam-01&q=%E4%B8%96%E7%BA%AA";
  expect(writeQueueFilter(readQueueFilter(new URLSearchParams(search), []))).toBe(search);
});

test("the next item is the one below that the person may act on", () => {
  const item = (id: string, barred = false, taken = false) => ({
    id,
    barred: barred ? {} : null,
    takenBy: taken ? {} : null,
  });
  const items = [item("a"), item("b"), item("c", true), item("d")];
  expect(nextInQueue(items, "b")?.id).toBe("d");
  expect(nextInQueue(items, "d")?.id).toBe("a");
  expect(nextInQueue([item("a"), item("b", false, true), item("c")], "a")?.id).toBe("c");
  expect(nextInQueue([item("a")], "a")).toBeUndefined();
  // The item has already left the queue: whatever is first comes next.
  expect(nextInQueue(items, "gone")?.id).toBe("a");
});

test("a watcher is taken to the first tab with something in it", () => {
  expect(firstFilledTab({ LEGAL_REVIEW: 2, REJECTED: 9 })?.id).toBe("legal");
  expect(firstFilledTab({})).toBeNull();
});
