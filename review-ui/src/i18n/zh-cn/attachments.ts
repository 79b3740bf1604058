export const attachments = {
  add: "上传扫描件",
  toRecord: "为“{{reference}}”上传扫描件",
  choose: "选择文件",
  hint: "JPEG、PNG 或 PDF，不超过 {{limit}}",
  of: "“{{reference}}”的扫描件",
  type: { pdf: "PDF 文件", picture: "图片原件" },
  added: "已入库",
  known: "该文件先前已上传",
  withdraw: "撤回附件",
  withdrawHint: "撤回后仍列出文件哈希和理由，但不再提供下载。",
};
