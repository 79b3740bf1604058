import type { RegisterRoute } from "../route.ts";

/** GET /api/openapi.json: the contract as OpenAPI 3.1. */
export const registerGetOpenapi: RegisterRoute = (app) => {
  app.get("/api/openapi.json", { config: { access: "anyone" }, schema: { hide: true } }, async () => app.swagger());
};
