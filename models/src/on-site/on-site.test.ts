import { describe, expect, test } from "vitest";
import { signedContent } from "./content.ts";
import { bearingDeg, distanceM } from "./distance.ts";
import { emptyFindings, type OnSiteFindings } from "./findings.ts";
import { onSiteGaps } from "./gaps.ts";
import { nextOnSiteState, onSiteStateCodes, onSiteTransitions } from "./states.ts";

const complete: OnSiteFindings = {
  ...emptyFindings,
  arrivedAt: "2026-11-28T02:00:00.000Z",
  result: "confirmed",
  findings: "人行道上有一处摊位",
  party: "absent",
};
const photos = [{ kind: "wide" as const }, { kind: "close" as const }];
const gapIds = (over: Partial<OnSiteFindings>, taken = photos) =>
  onSiteGaps({ ...complete, ...over }, taken, 2).map(({ id }) => id);

describe("the states", () => {
  test("two signatures lead to signed by both, and a third does not exist", () => {
    expect(nextOnSiteState("OPEN", "sign")).toBe("SIGNED_BY_FIRST");
    expect(nextOnSiteState("SIGNED_BY_FIRST", "sign")).toBe("SIGNED_BY_BOTH");
    expect(nextOnSiteState("SIGNED_BY_BOTH", "sign")).toBeNull();
  });
  test("any change undoes every signature", () => {
    for (const { event, to } of onSiteTransitions) if (event === "change") expect(to).toBe("OPEN");
  });
  test("a withdrawn check takes nothing more, and every other state can be withdrawn", () => {
    for (const event of ["sign", "change", "withdraw"] as const) expect(nextOnSiteState("WITHDRAWN", event)).toBeNull();
    for (const state of onSiteStateCodes)
      if (state !== "WITHDRAWN") expect(nextOnSiteState(state, "withdraw")).toBe("WITHDRAWN");
  });
});

describe("what a check lacks", () => {
  test("a complete one lacks nothing", () => expect(gapIds({})).toEqual([]));
  test.each<[string, Partial<OnSiteFindings>, string[]]>([
    ["no arrival", { arrivedAt: null }, ["arrivedAt"]],
    ["no result", { result: null }, ["result"]],
    ["blank words", { findings: "  " }, ["findings"]],
    ["nothing said of the party", { party: null }, ["party"]],
    ["a party that was met without certificate and rights", { party: "unnamed" }, ["idShown", "rightsTold"]],
    ["a named party without a name", { party: "named", idShown: true, rightsTold: true }, ["partyName"]],
  ])("is told: %s", (_name, over, ids) => expect(gapIds(over)).toEqual(ids));
  test("one photo is too few, and photos without the place are not enough, also where nothing was found", () => {
    expect(gapIds({}, [{ kind: "wide" }])).toEqual(["photos"]);
    expect(gapIds({ result: "not_found" }, [{ kind: "close" as const }, { kind: "close" as const }])).toEqual(["wide"]);
  });
});

test("the signed content is the same for photos in another order, and another for another photo or another word", () => {
  const photo = (sha256: string) => ({
    sha256,
    kind: "wide" as const,
    takenBy: "p",
    capturedAt: null,
    receivedAt: "2026-11-28T02:00:00.000Z",
    position: null,
  });
  const of = (hashes: string[], findings = complete) =>
    JSON.stringify(
      signedContent({
        id: "c",
        clueId: "k",
        officerIds: ["a", "b"],
        dispatchedBy: "d",
        findings,
        photos: hashes.map(photo),
      }),
    );
  expect(of(["a", "b"])).toBe(of(["b", "a"]));
  expect(of(["a", "b"])).not.toBe(of(["a"]));
  expect(of(["a"])).not.toBe(of(["a"], { ...complete, findings: "无" }));
});

test("distance and direction: one thousandth of a degree north is 111 m, east at 31° is 95 m", () => {
  const here = { longitude: 121.5, latitude: 31.2 };
  expect(distanceM(here, { ...here, latitude: 31.201 })).toBeCloseTo(111.2, 0);
  expect(distanceM(here, { ...here, longitude: 121.501 })).toBeCloseTo(95.1, 0);
  expect(distanceM(here, here)).toBe(0);
  expect(bearingDeg(here, { ...here, latitude: 31.3 })).toBeCloseTo(0, 5);
  expect(bearingDeg(here, { ...here, longitude: 121.4 })).toBeCloseTo(270, 0);
});
