import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A sheet as a download; never shown in the page, never kept by a cache. */
export function sendSheet(
  reply: FastifyReply,
  sheet: { name: string; bytes: Uint8Array } | { name: string; lines: AsyncIterable<string> },
): FastifyReply {
  return reply
    .header("content-type", "bytes" in sheet ? workbookType : "text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="${sheet.name}"`)
    .header("cache-control", "no-store")
    .send("bytes" in sheet ? Buffer.from(sheet.bytes) : Readable.from(sheet.lines));
}
