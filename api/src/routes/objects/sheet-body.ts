import { AppError } from "@mingcha/models";

/** The largest sheet that is taken: twenty thousand rows are a few megabytes. */
export const sheetBytesMax = 8 * 1_048_576;

/** The file of an import is the body itself. */
export function sheetOf(body: unknown): Uint8Array {
  if (!Buffer.isBuffer(body))
    throw new AppError("BAD_INPUT", {
      reason: "请求内容应为表格文件 / the body must be the sheet itself (application/octet-stream)",
    });
  if (body.length === 0) throw new AppError("SHEET_REFUSED", { zh: "文件是空的", en: "the file is empty" });
  return body;
}
