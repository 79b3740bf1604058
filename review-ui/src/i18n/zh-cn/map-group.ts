export const mapGroup = {
  title: "{{sources}} 个来源，其中最差：{{condition}}",
  flags: "线索 {{flags}}",
  open: "点击放大",
};
