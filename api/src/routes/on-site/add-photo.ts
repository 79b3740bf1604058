import { AppError } from "@mingcha/models";
import { idSchema, onSitePhotoAddedSchema, onSitePhotoMaxBytes, onSitePhotoQuerySchema } from "@mingcha/models/http";
import type { FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { addPhoto } from "../../on-site/add-photo.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/** POST /api/on-site/{id}/photos: the photo's own bytes as body, streamed; name and declared type are not asked for, the bytes say what it is. */
export const registerAddPhoto: RegisterRoute = (app, deps) => {
  app.register(async (scope) => {
    const route = scope.withTypeProvider<ZodTypeProvider>();
    // The stream itself is the body; it is counted while it is read.
    route.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
    route.post(
      "/api/on-site/:id/photos",
      {
        bodyLimit: onSitePhotoMaxBytes + 1,
        config: { access: ["handler"] },
        schema: {
          params: z.object({ id: idSchema }),
          querystring: onSitePhotoQuerySchema,
          response: { 200: onSitePhotoAddedSchema },
        },
      },
      (request) => addPhoto(deps, request.params.id, request.query, streamOf(request), personOf(request)),
    );
  });
};

function streamOf({ body }: FastifyRequest): NodeJS.ReadableStream {
  if (typeof body === "object" && body !== null && "pipe" in body) return body as NodeJS.ReadableStream;
  throw new AppError("BAD_INPUT", { reason: "请求体须为照片文件 / the body must be the photo's bytes" });
}
