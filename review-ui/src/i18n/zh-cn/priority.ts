export const priority = {
  title: "优先级",
  change: "调整优先级",
  hint: "同一到期日内按优先级先后办理；“紧急”排在所有期限之前。只影响排序，不影响审核结论。",
  level: "改为",
  byFacts: "按记录情况",
  reason: "理由",
  note: "说明（选“其他”时必填；不要写当事人信息）",
  manual: "人工设定",
  order: "先按到期日，再按优先级，最后按到达先后。",
};
