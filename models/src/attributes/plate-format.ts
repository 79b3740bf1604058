/** Abbreviations of the 31 provinces, autonomous regions and municipalities (GA 36-2018). */
const provinces = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新";
/** I and O are not given out: they read as 1 and 0. */
const letter = "[A-HJ-NP-Z]";
const any = "[A-HJ-NP-Z0-9]";

/** Forms of plates a registration office gives out, after GA 36-2018; rarer ones of the army, of police forces and temporary papers are left out. */
const forms: readonly RegExp[] = [
  // blue, yellow, black; 学 教练, 挂 trailer, 警 police, 港澳 from Hong Kong and Macao, 领 consulate
  new RegExp(`^[${provinces}]${letter}${any}{5}$`),
  new RegExp(`^[${provinces}]${letter}${any}{4}[学挂警领]$`),
  new RegExp(`^粤Z${any}{4}[港澳]$`),
  new RegExp(`^[${provinces}]${letter}[0-9]{3}应急$`),
  // new energy: small, its letter first; large, its letter D or F last
  new RegExp(`^[${provinces}]${letter}[A-HJK]${any}[0-9]{4}$`),
  new RegExp(`^[${provinces}]${letter}[0-9]{5}[DF]$`),
  /^使[0-9]{6}$/,
  /^民航[0-9]{5}$/,
];

/** Whether a text is one a registration office gives out. "unlikely" says that at least one character was misread, or the plate is a rare one. */
export const plateFormat = (text: string): "ok" | "unlikely" =>
  forms.some((form) => form.test(text)) ? "ok" : "unlikely";

/** 放大号, painted large on a lorry's body: its number of five to eight characters, with or without province and city letter. */
export const largeNumberFormat = (text: string): "ok" | "unlikely" =>
  new RegExp(`^([${provinces}]?${letter})?${any}{4,5}[挂]?$`).test(text) && text.length >= 5 ? "ok" : "unlikely";
