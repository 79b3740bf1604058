import type { ErrorRow } from "./error-row.ts";
import { mediaErrors } from "./media.ts";
import { peopleErrors } from "./people.ts";
import { recordsErrors } from "./records.ts";
import { registersErrors } from "./registers.ts";
import { requestsErrors } from "./requests.ts";

export type { ErrorRow } from "./error-row.ts";

/**
 * Every error a person or a caller can meet. `detail` given to `AppError` is for the log alone;
 * only the texts below, with `{name}` placeholders filled from `params`, leave the server.
 */
export const errorCodes = {
  ...requestsErrors,
  ...mediaErrors,
  ...recordsErrors,
  ...peopleErrors,
  ...registersErrors,
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCodes;
