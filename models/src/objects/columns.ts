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
    note,
  ],
};

const bare = (heading: string): string =>
  heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\(.*?\)|[\s*:.\-_]/g, "");

/** Which column each heading is; undefined for one that is not known. Of two the same the first counts. */
export function matchHeadings(kind: ObjectKind, headings: readonly string[]): (Column | undefined)[] {
  const taken = new Set<string>();
  return headings.map((heading) => {
    const text = bare(heading);
    const found = objectColumns[kind].find(
      ({ field, title, others }) =>
        !taken.has(field) && [field, title.zh, title.en, ...others].some((one) => bare(one) === text),
    );
    if (found !== undefined) taken.add(found.field);
    return found;
  });
}
