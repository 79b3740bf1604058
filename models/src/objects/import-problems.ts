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
  bad_route: {
    zh: "路线无法识别，请填 WKT（LINESTRING）或 GeoJSON，经纬度为 WGS-84",
    en: "the route cannot be read; give WKT (LINESTRING) or GeoJSON in WGS-84 degrees",
  },
  bad_degrees: { zh: "经纬度无法识别，请写作 121.520000", en: "the degrees cannot be read; write 121.520000" },
  bad_number: { zh: "数字无法识别或超出范围", en: "no number, or out of range" },
  bad_instant: {
    zh: "时间无法识别，请写作 2026-03-01 17:30:00（本地时间）或带时区",
    en: "the time cannot be read; write 2026-03-01 17:30:00 (local), or with its zone",
  },
  unknown_word: { zh: "不是可识别的答案", en: "not one of the answers that are known" },
  unknown_terminal: {
    zh: "没有车辆登记了该终端号",
    en: "no vehicle of the register has this terminal",
  },
  bad_frame: { zh: "不是完好的 0x0200 位置信息帧", en: "no sound frame of a location report (0x0200)" },
  conflicts: {
    zh: "与已导入的同一记录内容不同；已导入的不改动",
    en: "the same row was imported before with other content; what was imported stays",
  },
  pledges_uneven: { zh: "承诺书的日期与编号个数不同", en: "as many dates as references of pledges are needed" },
  not_acceptable: { zh: "内容不符合要求（过长或格式不对）", en: "not acceptable (too long or of the wrong form)" },
  duplicate_in_file: { zh: "与本文件第 {row} 行是同一对象", en: "the same object as row {row} of this file" },
  ambiguous: {
    zh: "登记中有两个对象与本行相符（名称与代码各指一个），请先核对",
    en: "two objects of the register fit this row (its name and its code each fit another); check them first",
  },
} as const;
export type ImportProblem = keyof typeof importProblems;
