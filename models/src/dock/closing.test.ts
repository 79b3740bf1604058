import { describe, expect, test } from "vitest";
import {
  admissibleEtag,
  attemptsMax,
  closingOf,
  comesBack,
  type DockFileReason,
  dockFileReasons,
  dockFileStates,
  givenUpStates,
  isTrouble,
  mayLieBeside,
} from "./index.ts";

const row = (ordinal: number, step: "close" | "reopen", attempt = 1) => ({ ordinal, attempt, step });

test("the newest word of the attempt counts, in whatever order rows come; a file that came after it was closed stands open again", () => {
  expect(closingOf([], 1)).toBeNull();
  expect(closingOf([row(1, "close")], 1)).toMatchObject({ ordinal: 1 });
  expect(closingOf([row(2, "reopen"), row(1, "close")], 1)).toBeNull();
  expect(closingOf([row(3, "close"), row(2, "reopen"), row(1, "close")], 1)).toMatchObject({ ordinal: 3 });
  expect(closingOf([row(1, "close")], 2)).toBeNull();
  expect(closingOf([row(1, "close"), row(2, "close", 2)], 2)).toMatchObject({ ordinal: 2 });
});

test("a person is asked for what was given up or written again, and for nothing that is under way or cleanly taken in", () => {
  for (const state of givenUpStates) expect(isTrouble({ state, reasonCode: null })).toBe(true);
  expect(isTrouble({ state: "taken", reasonCode: "overwritten_after" })).toBe(true);
  for (const state of ["noticed", "verified", "taken"]) expect(isTrouble({ state, reasonCode: null })).toBe(false);
});

describe("a file that was given up", () => {
  const file = (state: string, reasonCode: string | null, etag: string | null = "a", attempt = 1) => ({
    state,
    reasonCode,
    etag,
    attempt,
  });

  test("is looked at when it comes after all, however often it had been waited for", () => {
    expect(comesBack(file("missing", "object_missing", null), "a")).toBe("as_new");
    expect(comesBack(file("missing", "object_missing", null, attemptsMax + 5), "a")).toBe("as_new");
  });

  test.each([
    "size_differs",
    "hash_differs",
    "empty",
    "too_large",
  ])("for %s is judged once for each object under its name", (reason) => {
    expect(comesBack(file("mismatch", reason), "a")).toBeNull();
    expect(comesBack(file("mismatch", reason), "b")).toBe("as_new");
  });

  test("by the intake is judged again when another object lies under its name", () => {
    expect(comesBack(file("refused", "not_media"), "a")).toBeNull();
    expect(comesBack(file("refused", "not_media"), "b")).toBe("as_new");
  });

  test("because it was removed comes back only as what was seen; another object is found overwritten", () => {
    expect(comesBack(file("mismatch", "object_gone"), "a")).toBe("as_noted");
    expect(comesBack(file("mismatch", "object_gone"), "b")).toBe("as_noted");
  });

  test("because it was overwritten, or for its name, is not mended by yet another object", () => {
    for (const reason of ["overwritten", "bad_key", "of a newer version", null])
      expect(comesBack(file("mismatch", reason), "b")).toBeNull();
  });

  test("is not looked at for ever", () => {
    for (const [state, reason] of [
      ["mismatch", "size_differs"],
      ["mismatch", "object_gone"],
      ["refused", "x"],
    ] as const)
      expect(comesBack(file(state, reason, "a", attemptsMax), "b")).toBeNull();
  });

  test("can go back to be checked, as the table of states says", () => {
    for (const state of givenUpStates) expect(dockFileStates[state].next).toEqual(["noticed"]);
    for (const code of Object.keys(dockFileReasons) as DockFileReason[])
      if (comesBack(file("mismatch", code), "b") !== null) expect(dockFileReasons[code].answeredBy).not.toBe("nothing");
  });

  test("under way or taken in is left alone", () => {
    for (const state of ["noticed", "verified", "taken"])
      expect(comesBack(file(state, "overwritten_after"), "b")).toBeNull();
  });
});

test("another object under its name is a question for a person only where it will not be looked at by itself", () => {
  for (const state of ["taken", "mismatch"]) {
    const file = { state, reasonCode: state === "taken" ? null : "overwritten", etag: "a", attempt: 1 };
    expect(mayLieBeside(file)).toBe(true);
    expect(comesBack(file, "b")).toBeNull();
  }
  for (const [state, reasonCode] of [
    ["mismatch", "size_differs"],
    ["mismatch", "bad_key"],
    ["missing", "object_missing"],
    ["refused", null],
    ["noticed", null],
    ["verified", null],
  ] as const)
    expect(mayLieBeside({ state, reasonCode }), state).toBe(false);
});

test("only a film or photo of another size, or one written over the announced one, is taken in on a word, and only the object that lies there", () => {
  const file = { name: "DJI_0001_V.MP4", state: "mismatch", reasonCode: "size_differs", etag: "a", laterEtag: "b" };
  expect(admissibleEtag(file)).toBe("a");
  expect(admissibleEtag({ ...file, reasonCode: "overwritten" })).toBe("b");
  expect(admissibleEtag({ ...file, reasonCode: "overwritten", laterEtag: null })).toBeNull();
  for (const reasonCode of ["hash_differs", "object_gone", "empty", "too_large", "bad_key", "of a newer version", null])
    expect(admissibleEtag({ ...file, reasonCode }), String(reasonCode)).toBeNull();
  for (const state of ["noticed", "verified", "taken", "missing", "refused"])
    expect(admissibleEtag({ ...file, state }), state).toBeNull();
  for (const name of ["DJI_0001_V.SRT", "a.obs", "a.mrk", "a", "mp4"])
    expect(admissibleEtag({ ...file, name }), name).toBeNull();
});
