import type { Text } from "./define.ts";

/** A matter that no rule over pictures can begin, and why: a person opens it. */
export type PersonStarted = { code: string; title: Text; because: Text };

/** Matters of the catalogue without a rule. Each says what the machine lacks; whoever supplies it turns the entry into a violation file. */
export const personStarted = [
  {
    code: "ROAD_CARWASH",
    title: { zh: "占道洗车", en: "Commercial car wash on the road" },
    because: {
      zh: "没有模型能识别水、水管和洗车行为；是否经营须现场核实",
      en: "no model sees water, hoses or the act of washing; whether it is a business is found on site",
    },
  },
  {
    code: "TRUCK_SPILL",
    title: { zh: "运输车辆泄漏散落", en: "Truck spilling its load" },
    because: {
      zh: "没有模型能识别散落物及其与车辆的关系；适用法条有竞合，须先作法律判断",
      en: "no model sees what falls or ties a trail to a truck; two provisions compete, a legal decision comes first",
    },
  },
  {
    code: "TRUCK_NO_PERMIT",
    title: { zh: "无准运证、处置证", en: "No transport or disposal permit" },
    because: {
      zh: "证照不在画面上，须查询登记",
      en: "a permit is not in the picture: it is a register query",
    },
  },
  {
    code: "TRUCK_NO_DEVICE",
    title: {
      zh: "未统一标识、未装电子信息装置、未随车带证",
      en: "No uniform marking, no electronic device, papers not carried",
    },
    because: {
      zh: "车载装置和随车证件须在车上检查，标识须对照登记",
      en: "devices and papers are checked in the cab, markings against the register",
    },
  },
  {
    code: "OUTDOOR_AD",
    title: { zh: "违规设置户外广告、招牌", en: "Outdoor advertisement or sign against the rules" },
    because: {
      zh: "没有模型能识别广告及其尺寸；是否批准须查询审批",
      en: "no model sees an advertisement or its size; whether it was approved is a query",
    },
  },
  {
    code: "POSTER",
    title: { zh: "乱张贴、悬挂宣传品", en: "Posters and banners put up at random" },
    because: {
      zh: "没有模型能识别张贴物；内容和张贴人须由人辨认",
      en: "no model sees a poster; its content and who put it up are read by a person",
    },
  },
  {
    code: "DUST_YARD",
    title: { zh: "堆场扬尘", en: "Dust from a stockpile yard" },
    because: {
      zh: "没有模型能识别料堆是否覆盖；管辖机关因堆场类型而异，须先由人确定",
      en: "no model tells whether a stockpile is covered; who is competent depends on the yard, a person settles it first",
    },
  },
  {
    code: "DUST_SITE",
    title: { zh: "工地未围挡、未覆盖、未冲洗", en: "Construction site without enclosure, cover or wheel-wash" },
    because: {
      zh: "没有模型能识别围挡、覆盖和冲洗；须巡查全场并对照天气和监测数据",
      en: "no model sees enclosure, cover or washing; the whole site is surveyed, with weather and monitor readings",
    },
  },
  {
    code: "ILLEGAL_BUILD",
    title: { zh: "违法搭建", en: "Unlawful construction" },
    because: {
      zh: "须对照底图、规划许可和产权登记并现场勘验，画面本身不能说明违法",
      en: "needs base map, planning permit, property register and a survey on site: no picture shows it by itself",
    },
  },
  {
    code: "NIGHT_BUILD",
    title: { zh: "夜间违规施工", en: "Construction at night against the rules" },
    because: {
      zh: "没有模型能识别施工作业和噪声；夜间施工证明须查询",
      en: "no model sees works or hears noise; a night permit is a query",
    },
  },
  {
    code: "OPEN_BURN",
    title: { zh: "露天焚烧", en: "Open burning" },
    because: {
      zh: "没有模型能识别火焰和烟",
      en: "no model sees flame or smoke",
    },
  },
] as const satisfies readonly PersonStarted[];

export const findPersonStarted = (code: string): PersonStarted | undefined =>
  personStarted.find((item) => item.code === code);
