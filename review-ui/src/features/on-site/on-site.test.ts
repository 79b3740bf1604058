import { emptyFindings } from "@mingcha/models/on-site";
import { expect, test } from "vitest";
import { formatDistance, targetOf, wayTo } from "./target.ts";
import { changesOf, conflictsOf } from "./use-draft.ts";

const clue = (over: object = {}) =>
  ({
    sourceKind: "drone",
    from: "2026-11-28T02:00:00.000Z",
    to: "2026-11-28T02:01:00.000Z",
    device: { longitude: 121.5, latitude: 31.2 },
    looks: [
      { capturedAt: "2026-11-28T01:59:00.000Z", pose: { longitude: 121.4, latitude: 31.1 } },
      { capturedAt: "2026-11-28T02:00:30.000Z", pose: { longitude: 121.6, latitude: 31.3 } },
    ],
    ...over,
  }) as unknown as Parameters<typeof targetOf>[0];

test("a drone's record points to where the aircraft was during the act, and says that it is the aircraft", () => {
  expect(targetOf(clue())).toEqual({ longitude: 121.6, latitude: 31.3, of: "aircraft" });
  expect(targetOf(clue({ looks: [] }))).toEqual({ longitude: 121.5, latitude: 31.2, of: "source" });
  expect(targetOf(clue({ sourceKind: "fixed" }))).toMatchObject({ of: "source" });
  expect(targetOf(clue({ looks: [], device: { longitude: null, latitude: null } }))).toBeNull();
});

test("the way is told in metres and eight directions", () => {
  const here = { longitude: 121.5, latitude: 31.2 };
  const north = wayTo(here, { ...here, latitude: 31.201, of: "source" });
  expect([formatDistance(north.metres), north.direction]).toEqual(["111 m", "n"]);
  expect(wayTo(here, { ...here, longitude: 121.49, of: "source" }).direction).toBe("w");
  expect([formatDistance(1_234), formatDistance(12_345)]).toEqual(["1.2 km", "12 km"]);
});

test("only what differs is sent", () => {
  const stored = { ...emptyFindings, findings: "一处摊位" };
  expect(changesOf({ findings: "一处摊位", party: "absent" }, stored)).toEqual({ party: "absent" });
});

test("words that the other officer changed meanwhile are a conflict; the same words or another field are none", () => {
  const draft = { said: { findings: "两处" }, base: { findings: "" } };
  expect(conflictsOf(draft, { ...emptyFindings, findings: "三处" })).toEqual(["findings"]);
  expect(conflictsOf(draft, { ...emptyFindings, findings: "两处" })).toEqual([]);
  expect(conflictsOf(draft, { ...emptyFindings, partySaid: "马上走" })).toEqual([]);
});
