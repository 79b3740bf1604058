import { describe, expect, test } from "vitest";
import { certificateState, qualifiedOn, qualifiedUntil } from "./certificates.ts";
import { coversDistrict } from "./districts.ts";
import { passwordFlaw } from "./passwords.ts";
import { isRecused, placeHolds, type RecusalRow, recusalBinds } from "./recusals.ts";

const term = (validFrom: string, validTo: string, withdrawn = false) => ({ validFrom, validTo, withdrawn });

describe("certificates", () => {
  const terms = [term("2024-01-01", "2025-12-31"), term("2026-03-01", "2026-12-31"), term("2026-12-01", "2028-12-31")];

  test("cover their first and their last day, and no day of a gap", () => {
    expect(["2024-01-01", "2025-12-31", "2026-03-01"].map((day) => qualifiedOn(terms, day))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["2023-12-31", "2026-01-01", "2029-01-01"].map((day) => qualifiedOn(terms, day))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("that were withdrawn cover nothing", () => {
    expect(qualifiedOn([term("2024-01-01", "2028-12-31", true)], "2026-01-01")).toBe(false);
  });

  test("that follow one another without a gap hold until the end of the last, in whatever order they were entered", () => {
    expect(qualifiedUntil([...terms].reverse(), "2026-11-28")).toBe("2028-12-31");
    expect(qualifiedUntil(terms, "2025-06-01")).toBe("2025-12-31");
    expect(qualifiedUntil(terms, "2026-02-01")).toBeNull();
  });

  test("are expiring when their end is near, lapsed when it has passed, and none when there never was one", () => {
    expect(certificateState(terms, "2025-12-01").state).toBe("expiring");
    expect(certificateState(terms, "2026-02-01").state).toBe("lapsed");
    expect(certificateState(terms, "2026-11-28")).toEqual({ state: "valid", until: "2028-12-31" });
    expect(certificateState([], "2026-11-28").state).toBe("none");
  });
});

test("without districts a person works for the whole bureau; a source without one is for those people alone", () => {
  expect(coversDistrict([], "east")).toBe(true);
  expect(coversDistrict([], null)).toBe(true);
  expect(coversDistrict(["east", "west"], "west")).toBe(true);
  expect(coversDistrict(["east"], "west")).toBe(false);
  expect(coversDistrict(["east"], null)).toBe(false);
});

describe("recusals (APL 43)", () => {
  const clue = { id: "c1", place: "示例路 12 号" };
  const row = (over: Partial<RecusalRow>): RecusalRow => ({
    personId: "p",
    clueId: "c1",
    place: null,
    kind: "declared",
    decision: null,
    ...over,
  });

  test("what a person declares binds at once, what another asks for once the head has approved it", () => {
    expect(recusalBinds(row({}))).toBe(true);
    expect(recusalBinds(row({ kind: "requested" }))).toBe(false);
    expect(recusalBinds(row({ kind: "requested", decision: "approved" }))).toBe(true);
    for (const kind of ["declared", "requested", "recorded"] as const)
      expect(recusalBinds(row({ kind, decision: "refused" }))).toBe(false);
  });

  test("a recusal keeps its person from its record, and nobody else and nowhere else", () => {
    expect(isRecused([row({})], "p", clue)).toBe(true);
    expect(isRecused([row({})], "q", clue)).toBe(false);
    expect(isRecused([row({})], "p", { ...clue, id: "c2" })).toBe(false);
  });

  test("a standing one keeps its person from every record at the place, however the place was typed", () => {
    const standing = row({ clueId: null, place: "示例路１２号", kind: "recorded" });
    expect(isRecused([standing], "p", clue)).toBe(true);
    expect(isRecused([standing], "p", { id: "c9", place: "示例路12号 门前公共场地" })).toBe(true);
    expect(isRecused([standing], "p", { id: "c9", place: "示例路13号" })).toBe(false);
  });

  test("a number is not the beginning of a longer one", () => {
    expect(placeHolds("12 Example Rd 1", "12 Example Rd 11")).toBe(false);
    expect(placeHolds("示例路12", "示例路121号")).toBe(false);
    expect(placeHolds("示例路12", "示例路12号")).toBe(true);
    expect(placeHolds("", "示例路12号")).toBe(false);
  });
});

test("a password is refused when it is short, of one letter, or made of the account's own words", () => {
  const who = { login: "li.ming", name: "Li Ming" };
  expect(passwordFlaw("short", who)).not.toBeNull();
  expect(passwordFlaw("aaaaaaaaaaaaaaaa", who)).not.toBeNull();
  expect(passwordFlaw("xx-LI.MING-2026-x", who)).not.toBeNull();
  expect(passwordFlaw("four quiet street lamps", who)).toBeNull();
  expect(passwordFlaw("巷口路灯四盏夜里不关门前人静", who)).toBeNull();
});
