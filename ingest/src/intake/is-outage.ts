import { AppError } from "@mingcha/models";

/** Prisma: server unreachable, timed out, closed, pool or transaction start exhausted, write conflict. */
const databaseOutages = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034"]);
const systemOutages = new Set([
  "ENOSPC",
  "EDQUOT",
  "EMFILE",
  "ENFILE",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
]);

/** True when the surroundings failed, not the file: then the try does not count against it. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "STORE_FULL";
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === "string" && (databaseOutages.has(code) || systemOutages.has(code))) return true;
    if (/terminating connection|Connection terminated|the database system is/i.test(cause.message)) return true;
  }
  return false;
}
