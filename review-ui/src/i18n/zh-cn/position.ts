export const position = {
  title: "来源位置",
  hint: "从国内地图上读出的坐标请选 GCJ-02：系统按 WGS-84 保存，本版本保留所填的值。",
  crs: "坐标系",
  longitude: "经度",
  latitude: "纬度",
  stored: "保存为 WGS-84：{{at}}",
};
