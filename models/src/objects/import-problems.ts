/** What can be wrong with a row of a sheet. A row with any of these is not imported; the others are. */
export const importProblems = {
  missing: { zh: "缺少必填内容", en: "required, but empty" },
  bad_credit_code_length: { zh: "统一社会信用代码应为 18 位", en: "a credit code has 18 characters" },
  bad_credit_code_alphabet: {
    zh: "统一社会信用代码含有不使用的字符（I、O、S、V、Z）或行政区划不是数字",
    en: "the credit code has characters that are not used (I, O, S, V, Z), or its area is no number",
  },
  bad_credit_code_check: {
    zh: "统一社会信用代码校验位不符，至少有一位写错",
    en: "the credit code's check character does not fit: at least one character is wrong",
  },
  bad_plate: { zh: "不是登记机关核发的号牌号码", en: "not a plate that a registration office gives out" },
  bad_plate_colour: {
    zh: "号牌颜色无法识别（可填：蓝、黄、绿、黄绿、白、黑）",
    en: "unknown plate colour (blue, yellow, green, yellow and green, white, black)",
  },
  bad_date: { zh: "日期无法识别，请写作 2026-03-01", en: "the date cannot be read; write 2026-03-01" },
  bad_clock: { zh: "时刻无法识别，请写作 17:30", en: "the time cannot be read; write 17:30" },
  bad_days: { zh: "星期无法识别，请写作 1-5 或 周一至周五", en: "the weekdays cannot be read; write 1-5" },
  unknown_violation: { zh: "不是已知事项，请填事项代码或名称", en: "not a known matter; give its code or name" },
  ends_before_begin: { zh: "截止早于开始", en: "it ends before it begins" },
  pledges_uneven: { zh: "承诺书的日期与编号个数不同", en: "as many dates as references of pledges are needed" },
  not_acceptable: { zh: "内容不符合要求（过长或格式不对）", en: "not acceptable (too long or of the wrong form)" },
  duplicate_in_file: { zh: "与本文件第 {row} 行是同一对象", en: "the same object as row {row} of this file" },
  ambiguous: {
    zh: "登记中有两个对象与本行相符（名称与代码各指一个），请先核对",
    en: "two objects of the register fit this row (its name and its code each fit another); check them first",
  },
} as const;
export type ImportProblem = keyof typeof importProblems;
