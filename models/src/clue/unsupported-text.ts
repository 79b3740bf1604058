/** What a reviewer has to know of a record whose flag all looks of its time no longer show; the facts stay as they were found and seen. */
export const unsupportedText = {
  zh: "补到的录像不能印证本线索：按该时段现有全部录像重新识别，已得不出这一行为。起止、停留和触发依据为此前所得，请对照录像判断。",
  en: "Later footage does not bear this out: evaluated again with all footage of that time, no such act is found. Times, dwell and reasons are what was found before; judge by the footage.",
} as const;
