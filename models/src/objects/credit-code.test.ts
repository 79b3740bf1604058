import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCreditCode, creditCodeCheckCharacter, normalizeCreditCode } from "./credit-code.ts";

test("the example of GB 32100-2015 and a published code of a listed company pass", () => {
  for (const code of ["91350100M000100Y43", "91110108551385082Q"]) expect(checkCreditCode(code)).toBe("ok");
});

test("the check character of the standard's example follows from its seventeen characters, step by step", () => {
  // Σ Ci·Wi; of the letters M is 21 and Y is 30
  const values = [9, 1, 3, 5, 0, 1, 0, 0, 21, 0, 0, 0, 1, 0, 0, 30, 4];
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const sum = values.reduce((total, value, nth) => total + value * (weights[nth] as number), 0);
  expect((31 - (sum % 31)) % 31).toBe(3);
  expect(creditCodeCheckCharacter("91350100M000100Y4")).toBe("3");
});

test("a remainder of nothing gives the character 0, never none", () => {
  const found = fc
    .sample(fc.integer({ min: 0, max: 99_999_999 }), 400)
    .map((nth) => `99000000${String(nth).padStart(9, "0")}`)
    .map((first) => first + creditCodeCheckCharacter(first));
  expect(found.some((code) => code.endsWith("0"))).toBe(true);
  for (const code of found) expect(checkCreditCode(code)).toBe("ok");
});

test("one character that is wrong, or two neighbours exchanged, is found", () => {
  const code = "91350100M000100Y43";
  for (let at = 8; at < 18; at++)
    for (const other of "0123456789ABCDEFGHJKLMNPQRTUWXY")
      if (other !== code[at]) expect(checkCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe("check");
  expect(checkCreditCode("91350100M000100Y34")).toBe("check");
});

test("a wrong length and characters that are not used are told apart", () => {
  expect(checkCreditCode("91350100M000100Y4")).toBe("length");
  for (const letter of "IOSVZ") expect(checkCreditCode(`91350100M000100${letter}43`)).toBe("alphabet");
  expect(checkCreditCode("9135X100M000100Y43")).toBe("alphabet");
});

test("blanks, hyphens, small and full-width letters of a sheet make no other code", () => {
  expect(normalizeCreditCode(" ９１350100-m000100 y43 ")).toBe("91350100M000100Y43");
});
