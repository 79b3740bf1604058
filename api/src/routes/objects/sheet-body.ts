import { AppError } from "@mingcha/models";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { App } from "../route.ts";

/** The largest sheet that is taken: twenty thousand rows are a few megabytes. */
export const sheetBytesMax = 8 * 1_048_576;

/** Routes whose body is a sheet, read whole into memory; other routes read bytes their own way. */
export function withSheets(app: App, register: (scope: App) => void): void {
  app.register(async (plugin) => {
    const scope = plugin.withTypeProvider<ZodTypeProvider>();
    scope.addContentTypeParser(
      "application/octet-stream",
      { parseAs: "buffer", bodyLimit: sheetBytesMax },
      (_request, body, done) => done(null, body),
    );
    register(scope);
  });
}

/** The file of an import is the body itself. */
export function sheetOf(body: unknown): Uint8Array {
  if (!Buffer.isBuffer(body))
    throw new AppError("BAD_INPUT", {
      reason: "请求内容应为表格文件 / the body must be the sheet itself (application/octet-stream)",
    });
  if (body.length === 0) throw new AppError("SHEET_REFUSED", { zh: "文件是空的", en: "the file is empty" });
  return body;
}
