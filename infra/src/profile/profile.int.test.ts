import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { evidenceModeOf, findPolicy, parseProfile, provisionsOn } from "@mingcha/models/profile";
import { violations } from "@mingcha/models/violations";
import { describe, expect, test } from "vitest";
import { loadProfile } from "./index.ts";

const folder = fileURLToPath(new URL("../../profiles/", import.meta.url));
const ids = readdirSync(folder).map((name) => name.replace(/\.json$/, ""));

test("the five bureaus that the format must hold are here", () => {
  expect(ids.sort()).toEqual(["baoshan", "lianyungang", "pudong", "qingpu", "xinchang"]);
});

describe.each(ids)("profile %s", (id) => {
  const profile = loadProfile(id);

  test("names only violations that exist, and drones are never direct evidence", () => {
    for (const { code } of profile.violations) {
      expect(violations.map((violation) => violation.code)).toContain(code);
      expect(evidenceModeOf(profile, code, "drone")).toBe("CLUE_ONLY");
    }
  });

  test("marks every provision that nobody verified, and says where it comes from", () => {
    for (const policy of profile.violations) {
      for (const provision of policy.provisions) {
        expect(provision.verifiedBy, `${provision.law} ${provision.article}`).toBeNull();
        expect(provision.source.length).toBeGreaterThan(0);
      }
    }
  });
});

test("outside Pudong no text was found that lets pictures stand alone, so nothing is direct there", () => {
  for (const id of ids.filter((name) => name !== "pudong")) {
    const profile = loadProfile(id);
    expect(profile.remoteEvidenceBasis).toBeNull();
    for (const { code } of profile.violations) expect(evidenceModeOf(profile, code, "fixed")).toBe("CLUE_ONLY");
  }
});

test("an uncovered truck is judged by the law of its day: the old air law before 2026-08-15, the new code from then on", () => {
  const policy = findPolicy(loadProfile("pudong"), "TRUCK_UNCOVERED");
  const laws = (day: string) => new Set(provisionsOn(policy!, day).map((provision) => provision.law));
  expect(laws("2026-08-14")).toEqual(new Set(["大气污染防治法"]));
  expect(laws("2026-08-15")).toEqual(new Set(["生态环境法典"]));
});

test("direct evidence without a legal basis or outside the published list is refused with the field's name", () => {
  const value = JSON.parse(readFileSync(`${folder}/pudong.json`, "utf8"));
  const wrong = (change: (profile: typeof value) => void) => {
    const copy = structuredClone(value);
    change(copy);
    const parsed = parseProfile(copy);
    return parsed.kind === "wrong" ? parsed.sentence : "";
  };
  expect(wrong((profile) => (profile.remoteEvidenceBasis = null))).toMatch(
    /violations\.0\.evidenceMode: DIRECT needs remoteEvidenceBasis/,
  );
  expect(wrong((profile) => (profile.violations[0].listedSince = null))).toMatch(/violations\.0\.listedSince/);
  expect(wrong((profile) => (profile.calendar = "none"))).toMatch(/calendar/);
  expect(() => loadProfile("nowhere")).toThrow(/no bureau profile "nowhere"/);
});
