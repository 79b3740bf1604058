import type { ObjectStore } from "@mingcha/infra/storage";
import { AppError } from "@mingcha/models";
import type { FastifyReply, FastifyRequest } from "fastify";

export const documentMediaTypes = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
} as const;

/** Inclusive byte range of a Range header, or null for the whole object. Throws for a range outside of it. */
export function parseRange(header: string | undefined, sizeBytes: number): { from: number; to: number } | null {
  if (header === undefined) return null;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const from = match[1] === "" ? Math.max(0, sizeBytes - Number(match[2])) : Number(match[1]);
  const to = match[1] === "" || match[2] === "" ? sizeBytes - 1 : Math.min(Number(match[2]), sizeBytes - 1);
  return from > to || from >= sizeBytes ? null : { from, to };
}

/** True where a request begins a view of an object: seeking inside a film is the same view. */
export function beginsView(request: FastifyRequest): boolean {
  const { range } = request.headers;
  return range === undefined || /^bytes=0-/.test(range);
}

/** Streams a stored object, whole or in part. Private to the person; never through a shared cache. */
export async function sendObject(
  request: FastifyRequest,
  reply: FastifyReply,
  store: ObjectStore,
  object: { sha256: string; mediaType: string; downloadName?: string },
) {
  const found = await store.find(object.sha256);
  if (found === null) throw new AppError("NOT_FOUND", {}, { detail: `object ${object.sha256}` });
  reply
    .header("content-type", object.mediaType)
    .header("accept-ranges", "bytes")
    .header("cache-control", "private, max-age=3600, immutable")
    .header("etag", `"${object.sha256}"`);
  if (object.downloadName !== undefined)
    reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(object.downloadName)}`);
  const range = parseRange(request.headers.range, found.sizeBytes);
  if (range !== null) {
    reply
      .status(206)
      .header("content-range", `bytes ${range.from}-${range.to}/${found.sizeBytes}`)
      .header("content-length", range.to - range.from + 1);
    return reply.send(await store.read(object.sha256, range));
  }
  reply.header("content-length", found.sizeBytes);
  return reply.send(await store.read(object.sha256));
}
