import { expect, test } from "vitest";
import { dockLimits, heardOf } from "./index.ts";

const { offlineAfterMs } = dockLimits;
const now = 10 * offlineAfterMs;
const longAgo = now - offlineAfterMs - 1;
const justNow = now - offlineAfterMs;

test("a dock is silent only where we have listened as long as it has said nothing", () => {
  expect(heardOf({ lastMs: longAgo, connectedMs: longAgo }, now)).toBe("silent");
  expect(heardOf({ lastMs: longAgo, connectedMs: justNow }, now)).toBe("unknown");
  expect(heardOf({ lastMs: longAgo, connectedMs: null }, now)).toBe("unknown");
});

test("what was heard lately was heard, whatever became of our own connection since; one that never spoke is told as that", () => {
  for (const connectedMs of [null, justNow, longAgo]) {
    expect(heardOf({ lastMs: justNow, connectedMs }, now)).toBe("lately");
    expect(heardOf({ lastMs: null, connectedMs }, now)).toBe("never");
  }
});
