import type { Column } from "../objects/columns.ts";
import type { ObservationKind } from "./observations.ts";

const column = (
  field: string,
  zh: string,
  en: string,
  example: string,
  others: readonly string[] = [],
  required = false,
): Column => ({ field, title: { zh, en }, others, required, example });

const plate = column(
  "plate",
  "号牌号码",
  "Plate",
  "沪A12345",
  ["车牌", "车牌号", "号牌", "车牌号码", "plate number"],
  true,
);
const at = column(
  "at",
  "时间",
  "Time",
  "2026-11-28 21:05:00",
  ["日期时间", "定位时间", "过车时间", "进场时间", "time", "datetime", "timestamp", "gps time"],
  true,
);
const longitude = (required: boolean) =>
  column("longitude", "经度", "Longitude", "121.520000", ["lon", "lng", "x"], required);
const latitude = (required: boolean) => column("latitude", "纬度", "Latitude", "31.230000", ["lat", "y"], required);
const weight = column("weightT", "重量（吨）", "Weight (t)", "18.5", [
  "净重",
  "净重吨",
  "重量",
  "吨位",
  "weight",
  "tonnes",
]);
const site = column(
  "site",
  "工地",
  "Site",
  "示例路地铁站工地",
  ["工地名称", "项目名称", "出土工地", "项目", "project"],
  true,
);
const tipping = (required: boolean) =>
  column("tipping", "消纳点", "Tipping site", "示例消纳场", ["消纳场", "卸点", "消纳场所", "卸土点"], required);
const manifestNo = column("manifestNo", "联单编号", "Manifest no.", "LD20261128-0001", [
  "联单号",
  "编号",
  "manifest",
  "manifest number",
]);

/** Columns of a sheet of observations, in the order of its template. Columns of drivers and telephones are not known and not read. */
export const observationColumns: Readonly<Record<ObservationKind, readonly Column[]>> = {
  gate_pass: [
    plate,
    at,
    site,
    column("direction", "方向", "Direction", "出", ["进出", "出入方向", "进出方向"]),
    column("cover", "密闭覆盖", "Cover", "已覆盖", ["覆盖", "密闭", "篷布"]),
    column("wash", "冲洗", "Washed", "已冲洗", ["车辆冲洗", "冲洗情况", "wash"]),
    column("load", "载货", "Load", "载货", ["装载", "空重车", "load"]),
    weight,
    column("judgedBy", "判断来源", "Judged by", "人工", ["来源", "识别方式"]),
  ],
  gantry_pass: [
    plate,
    at,
    column("gantry", "龙门架", "Gantry", "示例大道龙门架", ["点位", "卡口", "点位名称", "gantry"], true),
    longitude(false),
    latitude(false),
  ],
  track: [
    plate,
    at,
    longitude(true),
    latitude(true),
    column("speedKmh", "速度（公里/小时）", "Speed (km/h)", "42", ["速度", "车速", "speed"]),
  ],
  tipping_entry: [plate, at, tipping(true), weight, manifestNo],
  manifest: [
    { ...manifestNo, required: true },
    plate,
    { ...at, title: { zh: "开具时间", en: "Issued at" }, others: [...at.others, "时间", "签发时间"] },
    site,
    tipping(false),
    weight,
  ],
};
