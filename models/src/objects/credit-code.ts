/** Characters of a code in the order of their values 0–30: no I, O, S, V, Z (GB 32100-2015, table 2). */
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

export type CreditCodeCheck = "ok" | "length" | "alphabet" | "check";

/** As it is written on a licence: full-width characters, spaces and hyphens of a sheet are taken out, letters are capitals. */
export const normalizeCreditCode = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s\-‐-―_]/g, "")
    .toUpperCase();

/** Check character of the first 17: C18 = 31 − Σ Ci·3^(i−1) mod 31, where 31 stands for 0 (GB 32100-2015, after ISO/IEC 7064). */
export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] as string;
}

/** What is wrong with a unified social credit code 统一社会信用代码, already normalised. */
export function checkCreditCode(code: string): CreditCodeCheck {
  if (code.length !== 18) return "length";
  if ([...code].some((character) => !alphabet.includes(character)) || !/^..\d{6}/.test(code)) return "alphabet";
  return creditCodeCheckCharacter(code.slice(0, 17)) === code[17] ? "ok" : "check";
}
