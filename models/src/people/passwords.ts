/** Shortest password a person may choose: a house rule [P]. */
export const passwordMinLength = 12;
const differentMin = 5;

/** Why a password may not be chosen, or null. A passphrase is welcome; what can be guessed from the account is not. */
export function passwordFlaw(
  password: string,
  { login, name }: { readonly login: string; readonly name: string },
): { zh: string; en: string } | null {
  const folded = password.toLowerCase();
  if (password.length < passwordMinLength)
    return { zh: `密码不足 ${passwordMinLength} 个字符`, en: `It has fewer than ${passwordMinLength} characters` };
  if (new Set(folded).size < differentMin)
    return { zh: "密码中不同的字符太少", en: "It has too few different characters" };
  const known = [login.toLowerCase(), name.toLowerCase()].some((word) => word.length > 2 && folded.includes(word));
  return known ? { zh: "密码含有用户名或姓名", en: "It contains the user name or the name" } : null;
}

/**
 * Minutes after a password was typed in which steps of the law are taken without typing it again: a house rule [P], long enough for a
 * sitting of reviews, short enough for a desk that was left.
 */
export const stepUpDefaultS = 30 * 60;
/** Wrong passwords in a row that end a session: a house rule [P]. */
export const stepUpFailuresMax = 5;
