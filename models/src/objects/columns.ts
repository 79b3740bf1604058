import type { Text } from "../violations/define.ts";
import type { ObjectKind } from "./kinds.ts";

/** One column of a sheet: the heading it is written under, and others it is recognised by. */
export interface Column {
  readonly field: string;
  readonly title: Text;
  readonly others: readonly string[];
  /** A row without it is no object. */
  readonly required: boolean;
  /** An example for the template. */
  readonly example: string;
}

const column = (
  field: string,
  zh: string,
  en: string,
  example: string,
  others: readonly string[] = [],
  required = false,
): Column => ({ field, title: { zh, en }, others, required, example });

const pledgeColumns = [
  column("pledgeDates", "承诺书签订日期", "Pledge signed on", "2026-03-01", ["承诺日期", "告知承诺书日期", "签订日期"]),
  column("pledgeReferences", "承诺书编号", "Pledge reference", "〔2026〕承诺0012号", [
    "告知承诺书",
    "承诺书",
    "告知承诺书编号",
  ]),
];
const telephone = column("telephone", "联系电话", "Telephone", "021-58000000", ["电话", "手机", "手机号", "phone"]);
const place = column(
  "place",
  "地点",
  "Place",
  "浦东新区示例路12号 门前公共场地",
  ["位置", "场景地点", "经营地点", "location"],
  true,
);
const degrees = [
  column("longitude", "经度", "Longitude", "121.520000", ["lon", "lng", "x"], true),
  column("latitude", "纬度", "Latitude", "31.230000", ["lat", "y"], true),
];
/** Of what is found by its place in words; where it is known, a position tells what a drone's picture may be about. */
const knownDegrees = degrees.map((one): Column => ({ ...one, required: false }));
const radius = column("radiusM", "范围半径（米）", "Radius (m)", "150", ["半径", "范围", "radius"]);
const note = column("note", "备注", "Note", "", ["说明", "remarks"]);

/**
 * Columns of a sheet by kind, in the order of template and export. A heading is recognised in either language, whatever its blanks, brackets
 * and capitals.
 */
export const objectColumns: Readonly<Record<ObjectKind, readonly Column[]>> = {
  shop: [
    column("name", "店名", "Shop name", "示例便利店", ["名称", "商户名称", "店铺名称", "字号", "name"], true),
    place,
    column("creditCode", "统一社会信用代码", "Unified social credit code", "91350100M000100Y43", [
      "信用代码",
      "社会信用代码",
      "credit code",
      "uscc",
    ]),
    column("operator", "经营者", "Operator", "张示例", ["负责人", "法定代表人", "经营人", "owner"]),
    telephone,
    column("address", "住所", "Address", "上海市浦东新区示例路12号", ["地址", "注册地址", "经营场所"]),
    ...knownDegrees,
    ...pledgeColumns,
    note,
  ],
  vehicle: [
    column("plate", "号牌号码", "Plate", "沪A12345", ["车牌", "车牌号", "号牌", "车牌号码", "plate number"], true),
    column("plateColour", "号牌颜色", "Plate colour", "黄色", ["车牌颜色", "颜色", "plate color", "colour"]),
    column("carrier", "运输单位", "Carrier", "示例渣土运输有限公司", ["所属单位", "企业名称", "运输企业", "车主"]),
    column("permitNo", "准运证号", "Permit no.", "沪渣运〔2026〕0001", [
      "许可证号",
      "处置证号",
      "准运证",
      "permit number",
    ]),
    column("terminalNo", "终端号", "Terminal no.", "13912344329", ["定位终端号", "终端编号", "设备终端号", "terminal"]),
    telephone,
    ...pledgeColumns,
    note,
  ],
  permit: [
    column(
      "reference",
      "批准文号",
      "Approval reference",
      "浦城管许〔2026〕17号",
      ["文号", "许可文号", "许可编号"],
      true,
    ),
    place,
    column("violations", "允许事项", "What is allowed", "STALL", ["事项", "许可事项", "violations", "matters"], true),
    column("validFrom", "有效期起", "Valid from", "2026-01-01", ["开始日期", "起始日期", "生效日期"], true),
    column("validTo", "有效期止", "Valid to", "2026-12-31", ["结束日期", "截止日期", "失效日期"], true),
    column("days", "星期", "Weekdays", "1-7", ["days", "周几"]),
    column("from", "开始时间", "From", "17:00", ["时段起", "开始时刻", "from time"], true),
    column("to", "结束时间", "To", "22:00", ["时段止", "结束时刻", "to time"], true),
    ...knownDegrees,
    note,
  ],
  site: [
    column(
      "name",
      "工地名称",
      "Site",
      "示例路地铁站工地",
      ["工地", "项目名称", "项目", "名称", "name", "project"],
      true,
    ),
    place,
    ...degrees,
    radius,
    column("builder", "建设单位", "Builder", "示例建设有限公司", ["业主", "建设方"]),
    column("contractor", "施工单位", "Contractor", "示例建筑有限公司", ["总包", "施工方"]),
    column("gateSources", "出入口点位", "Gate sources", "cam-gate-1", ["点位编号", "摄像机", "gates"]),
    note,
  ],
  tipping: [
    column("name", "消纳点名称", "Tipping site", "示例消纳场", ["消纳点", "消纳场", "名称", "name"], true),
    place,
    ...degrees,
    radius,
    column("operatingUnit", "经营单位", "Operating unit", "示例环境有限公司", ["运营单位", "管理单位"]),
    note,
  ],
  disposal: [
    column(
      "reference",
      "许可证号",
      "Permit no.",
      "沪渣处〔2026〕0001号",
      ["处置证号", "许可文号", "批准文号", "permit number"],
      true,
    ),
    column("site", "工地", "Site", "示例路地铁站工地", ["工地名称", "项目名称", "出土工地", "project"], true),
    column(
      "tippingSites",
      "消纳点",
      "Tipping sites",
      "示例消纳场",
      ["消纳场", "消纳场所", "卸点", "tipping site"],
      true,
    ),
    column("validFrom", "有效期起", "Valid from", "2026-01-01", ["开始日期", "起始日期"], true),
    column("validTo", "有效期止", "Valid to", "2026-12-31", ["结束日期", "截止日期"], true),
    column("days", "星期", "Weekdays", "1-7", ["days", "周几"]),
    column("from", "开始时间", "From", "19:00", ["时段起", "from time"], true),
    column("to", "结束时间", "To", "05:00", ["时段止", "to time"], true),
    column("quotaT", "核准量（吨）", "Quota (t)", "20000", ["核准量", "数量", "处置量", "quota"]),
    column("carrier", "运输单位", "Carrier", "示例渣土运输有限公司", ["运输企业", "企业名称"]),
    column("route", "运输路线", "Route", "LINESTRING (121.52 31.23, 121.55 31.24)", [
      "路线",
      "线路",
      "geometry",
      "wkt",
    ]),
    column("corridorM", "走廊宽度（米）", "Corridor (m)", "60", ["走廊宽度", "路线宽度", "width"]),
    note,
  ],
};

const bare = (heading: string): string =>
  heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\(.*?\)|[\s*:.\-_]/g, "");

/** Which column of a kind each heading is. */
export const matchHeadings = (kind: ObjectKind, headings: readonly string[]): (Column | undefined)[] =>
  matchColumns(objectColumns[kind], headings);

/** Which column each heading is; undefined for one that is not known. Of two the same the first counts. */
export function matchColumns(columns: readonly Column[], headings: readonly string[]): (Column | undefined)[] {
  const taken = new Set<string>();
  return headings.map((heading) => {
    const text = bare(heading);
    const found = columns.find(
      ({ field, title, others }) =>
        !taken.has(field) && [field, title.zh, title.en, ...others].some((one) => bare(one) === text),
    );
    if (found !== undefined) taken.add(found.field);
    return found;
  });
}
