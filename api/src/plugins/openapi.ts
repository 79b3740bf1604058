import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

/** OpenAPI 3.1 of every route, at /api/openapi.json; each operation says who may call it. */
export async function registerOpenapi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Mingcha 明察", version: "0.1.0", description: "Remote enforcement for urban management." },
      components: { securitySchemes: { session: { type: "apiKey", in: "cookie", name: "mingcha_sid" } } },
    },
    transform: (input) => {
      const result = jsonSchemaTransform(input);
      const access = input.route.config?.access;
      const schema = result.schema as Record<string, unknown>;
      return {
        ...result,
        schema: { ...schema, "x-access": access, ...(access === "anyone" ? {} : { security: [{ session: [] }] }) },
      };
    },
  });
}
