import { AppError, type ErrorCode, errorCodes, publicText } from "@mingcha/models";
import type { ErrorBody } from "@mingcha/models/http";
import type { FastifyError, FastifyInstance } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";

/** The only translator of errors into HTTP: a status and a public text from the closed table; the rest is logged, never sent. */
export function registerErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    const { code, params } = classify(error);
    const row = errorCodes[code];
    if (row.status >= 500) request.log.error({ err: error }, "request failed");
    else request.log.info({ code, detail: error.message }, "request refused");
    const body: ErrorBody = {
      code,
      ...publicText(code, params),
      requestId: request.id,
      ...(params.guard === undefined ? {} : { guard: params.guard }),
    };
    return reply.status(row.status).send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    const body: ErrorBody = { code: "NOT_FOUND", ...publicText("NOT_FOUND"), requestId: request.id };
    return reply.status(404).send(body);
  });
}

function classify(error: FastifyError | AppError): { code: ErrorCode; params: Readonly<Record<string, string>> } {
  if (error instanceof AppError) return { code: error.code, params: error.params };
  if (hasZodFastifySchemaValidationErrors(error)) {
    const reason = error.validation
      .map((item) => `${item.instancePath.replace(/^\//, "").replaceAll("/", ".") || "(body)"}: ${item.message ?? ""}`)
      .join("; ");
    return { code: "BAD_INPUT", params: { reason } };
  }
  if (error.statusCode === 429) return { code: "TOO_MANY_ATTEMPTS", params: {} };
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return { code: "BAD_INPUT", params: { reason: error.message } };
  if (/append-only|may not (do both|review|handle)|without passed reviews|without a check signed/.test(error.message)) {
    // The database refused what the guards should have refused first; the person still gets the reason.
    return {
      code: "GUARD_REFUSED",
      params: {
        guard: "G-08",
        basis: "行政处罚法 41–42",
        zh: "数据库拒绝：职责分离或审核要求未满足",
        en: "Refused by the database: separation of duties or review missing",
      },
    };
  }
  return { code: "INTERNAL", params: {} };
}
