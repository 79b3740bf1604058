import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync } from "node:fs";
import { freeBytes } from "@mingcha/infra/storage";
import { AppError, publicText } from "@mingcha/models";
import { uploadPath } from "@mingcha/models/http";
import { Server } from "@tus/server";
import type { Deps } from "../deps.ts";
import type { App } from "../routes/route.ts";
import { HashingFileStore } from "../uploads/hashing-file-store.ts";
import { expectedBytes, finishUpload, uploadBytesMax, uploadsFolder } from "../uploads/settle-uploads.ts";
import { personOf } from "./access.ts";

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Resumable upload by tus 1.0 (monitor, pilot). Ids are random; the client's file name is only ever data. */
export function registerUploads(app: App, deps: Deps): void {
  const folder = uploadsFolder(deps);
  mkdirSync(folder, { recursive: true });
  const files = new HashingFileStore(folder);
  /** tus hands its hooks a request of its own making; the signed-in person travels beside it. */
  const uploader = new AsyncLocalStorage<string>();

  const tus = new Server({
    path: uploadPath,
    datastore: files,
    maxSize: uploadBytesMax,
    relativeLocation: true,
    respectForwardedHeaders: false,
    namingFunction: () => crypto.randomUUID(),
    getFileIdFromRequest: (_request, last) => (last !== undefined && idPattern.test(last) ? last : undefined),
    onIncomingRequest: async (_request, id) => {
      // Only the person who began an upload may look at it or go on with it.
      const upload = await deps.db.upload.findUnique({ where: { id } });
      if (upload !== null && upload.personId !== uploader.getStore()) throw { status_code: 404, body: "not found\n" };
    },
    onUploadCreate: async (_request, upload) => {
      const personId = uploader.getStore();
      if (personId === undefined) throw { status_code: 401, body: "not signed in\n" };
      const sizeBytes = upload.size;
      // how long it will be is said first: else there is no telling whether there is room, nor when it is whole
      if (sizeBytes === undefined) throw { status_code: 400, body: "the length has to be stated\n" };
      if (
        (await freeBytes(folder)) - (await expectedBytes(deps)) - sizeBytes <
        deps.environment.MINGCHA_MIN_FREE_MB * 1_048_576
      ) {
        throw { status_code: 507, body: JSON.stringify({ code: "STORE_FULL", ...publicText("STORE_FULL") }) };
      }
      const startedAt = upload.metadata?.startedAt ? new Date(upload.metadata.startedAt) : null;
      await deps.db.upload.create({
        data: {
          id: upload.id,
          personId,
          fileName: (upload.metadata?.filename ?? "unnamed").slice(0, 255),
          sizeBytes: BigInt(sizeBytes),
          sourceId: upload.metadata?.sourceId || null,
          groupId: (upload.metadata?.groupId || upload.id).slice(0, 100),
          startedAtHint: startedAt !== null && !Number.isNaN(startedAt.getTime()) ? startedAt : null,
        },
      });
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      await finishUpload(deps, files, upload.id);
      return {};
    },
  });

  // The body is a stream that tus reads itself.
  app.addContentTypeParser("application/offset+octet-stream", (_request, _payload, done) => done(null));
  for (const url of [uploadPath, `${uploadPath}/*`]) {
    app.route({
      method: ["POST", "HEAD", "PATCH"],
      url,
      config: { access: ["monitor", "pilot"] },
      schema: { hide: true },
      handler: async (request, reply) => {
        const { id } = personOf(request);
        if (request.method !== "POST" && !idPattern.test(request.url.split("?")[0]?.split("/").pop() ?? ""))
          throw new AppError("NOT_FOUND");
        reply.hijack();
        await uploader.run(id, () => tus.handle(request.raw, reply.raw));
      },
    });
  }
}
