/** Time on records, and known items as their reviewer sees the own results. */
export const reviewTime = {
  step: { technical: "技术审核", legal: "法制审核", merged: "二审合一" },
  what: "审核与违法行为",
  all: "全部",
  p90: "90 % 位",
  nothing: "这段时间没有计量过用时的审核。",
  withheld: "“—”：少于 {{total}} 次或只有一名审核人，不显示。",
  noKnown: "这段时间没有已知答案记录的结论。",
};

export const ownKnown = {
  title: "我的已知答案记录",
  hint: "只有您本人能看到，用于培训，不作考核。",
  until: "本机关不告知哪些记录是已知答案的；以下计至 {{time}}。",
  none: "您还没有遇到已知答案记录。",
  totals: "{{stage}}：共 {{total}} 件",
  kind: {
    right: "判断正确",
    passed_wrongly: "误放（应不通过而通过）",
    failed_wrongly: "误驳（应通过而不通过）",
    undecided: "未作结论（存疑或退回）",
  },
  withdrawn: "已撤下，不计",
};
