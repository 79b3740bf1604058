/** Why a request failed: the server said so, nobody answered, or the answer does not fit the contract. */
export type ApiErrorKind = "server" | "offline" | "contract";

/** A refused request. `zh` and `en` are the server's own sentences, made to be shown as they are. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly requestId: string | null;

  constructor(
    kind: ApiErrorKind,
    status: number,
    body: { code: string; zh: string; en: string; requestId?: string | undefined },
  ) {
    super(`${body.code}: ${body.en}`);
    this.name = "ApiError";
    this.kind = kind;
    this.status = status;
    this.code = body.code;
    this.zh = body.zh;
    this.en = body.en;
    this.requestId = body.requestId ?? null;
  }
}

/** Someone else moved the record on while the page was open. */
export function isStale(error: unknown): boolean {
  return error instanceof ApiError && (error.code === "STALE" || error.code === "NO_SUCH_STEP");
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.code === "NOT_SIGNED_IN";
}

/** The password was typed in too long ago for a step of the law. */
export function isStepUpNeeded(error: unknown): boolean {
  return error instanceof ApiError && error.code === "STEP_UP_NEEDED";
}
