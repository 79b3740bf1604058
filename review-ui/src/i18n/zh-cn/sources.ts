export const sources = {
  title: "来源",
  search: "名称、地点或编号",
  all: "全部",
  none: "还没有登记来源。上传录像及其 scene.json 后出现在这里。",
  noMatch: "没有符合条件的来源。",
  lastLook: "最近画面 {{time}}",
  noLook: "还没有画面",
  noScene: "未绘制场景",
  sceneVersion: "场景第 {{version}} 版",
  draw: "区域与规则",
  flags: "线索",
  noPicture: "您的职责不能查看画面",
};
