/** What a reviewer has to know of a record whose flag all looks of its time no longer show; the facts stay as they were found and seen. */
export const unsupportedText = {
  zh: "现有录像已不能印证本线索：按该时段现有全部录像和现行规则重新识别，得不出这一行为（后来补到了录像，或者识别规则有更新）。起止、停留和触发依据为此前所得，请对照录像判断。",
  en: "This is no longer borne out: evaluated again with all footage of that time by the rules in force, no such act is found (footage came later, or the rules changed). Times, dwell and reasons are what was found before; judge by the footage.",
} as const;
