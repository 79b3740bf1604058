export const mapGroup = {
  title: "{{sources}} sources, the worst of them: {{condition}}",
  flags: "flags {{flags}}",
  open: "press to zoom in",
};
