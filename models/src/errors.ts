import { type ErrorCode, type ErrorRow, errorCodes } from "./error-codes/index.ts";

export * from "./error-codes/index.ts";

/** An expected failure with a code of {@link errorCodes}. Everything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    params: Record<string, string> = {},
    options: { detail?: string; cause?: unknown } = {},
  ) {
    super(options.detail ?? fillText(errorCodes[code].en, params), { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.params = params;
  }
}

/** Public text of an error in both languages. */
export function publicText(code: ErrorCode, params: Readonly<Record<string, string>> = {}): { zh: string; en: string } {
  const row: ErrorRow = errorCodes[code];
  return {
    zh: fillText(row.zh + (row.allowed?.zh ?? ""), params),
    en: fillText(row.allowed === undefined ? row.en : `${row.en} ${row.allowed.en}`, params),
  };
}

function fillText(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
}
