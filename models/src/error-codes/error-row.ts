/** One row of the closed table of errors: HTTP status, whether a job may be retried, and the public text in both languages. */
export interface ErrorRow {
  readonly status: number;
  readonly retryable: boolean;
  /** Why. */
  readonly zh: string;
  readonly en: string;
  /** What would be allowed, shown behind the reason; every refusal has it (errors.test.ts). */
  readonly allowed?: { readonly zh: string; readonly en: string };
}
