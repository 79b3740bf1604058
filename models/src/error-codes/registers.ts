import type { ErrorRow } from "./error-row.ts";

/** Of registers, imported files and leads. */
export const registersErrors = {
  OBJECT_EXISTS: {
    status: 409,
    retryable: false,
    zh: "登记中已有该对象（{name}）。",
    en: "The register already has this object ({name}).",
    allowed: { zh: "请修改原有档案，不要另建。", en: "Change its file instead of making another." },
  },
  OBJECT_CLOSED: {
    status: 409,
    retryable: false,
    zh: "该档案已关闭，不能再修改或确认。",
    en: "This file is closed and can be neither changed nor confirmed.",
    allowed: { zh: "如恢复经营，请新建档案。", en: "Make a new one if it is in business again." },
  },
  MATCH_STANDS: {
    status: 409,
    retryable: false,
    zh: "该记录已由{who}确认对象“{name}”。",
    en: "This record already has a confirmed object, “{name}”, by {who}.",
    allowed: { zh: "如有误，请先注明理由撤销。", en: "Withdraw that with a reason first if it is wrong." },
  },
  SHEET_REFUSED: {
    status: 422,
    retryable: false,
    zh: "该表格不能使用：{zh}",
    en: "This sheet cannot be used: {en}",
    allowed: { zh: "请按模板改正后再上传。", en: "Correct it after the template and upload it again." },
  },
  PREVIEW_STALE: {
    status: 409,
    retryable: false,
    zh: "预览之后文件或登记有变化（或该文件已经导入过），没有写入任何内容。",
    en: "The file or the register has changed since the preview (or the file was imported already); nothing was written.",
    allowed: { zh: "请重新预览后再导入。", en: "Preview it again, then import." },
  },
  LEAD_MOVE_CLOSED: {
    status: 409,
    retryable: false,
    zh: "该渣土疑点现为“{zh}”，不能这样处理。",
    en: 'This truck finding is "{en}" now; that step is not open to it.',
    allowed: { zh: "请刷新后按所列的操作处理。", en: "Load it again and take one of the steps it offers." },
  },
  TRUCK_FILE_WITHDRAWN: {
    status: 409,
    retryable: false,
    zh: "该文件已撤回。",
    en: "This file was withdrawn already.",
    allowed: {
      zh: "如需使用其中的记录，请改正后重新导入。",
      en: "To have its rows count, import it again, corrected.",
    },
  },
  LEAD_NEEDS_REASON: {
    status: 422,
    retryable: false,
    zh: "排除或恢复须说明理由。",
    en: "Discarding, or opening again, needs a reason.",
    allowed: { zh: "请选择理由并补充说明。", en: "Choose a reason and say more where it is needed." },
  },
} as const satisfies Record<string, ErrorRow>;
