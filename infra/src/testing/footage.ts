import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../db/index.ts";
import { type MediaInfo, type MediaTools, probe } from "../media/index.ts";
import { segmentClip } from "../media/segment-clip.ts";
import type { ObjectStore } from "../storage/index.ts";

/** A few seconds of a camera, as a live source is cut into. */
export type Piece = { file: string; media: MediaInfo; offsetMs: number };

/** Cuts a film at its keyframes into pieces of about `pieceS`, without coding it anew. */
export async function cutFootage(tools: MediaTools, file: string, folder: string, pieceS: number): Promise<Piece[]> {
  const cut = await segmentClip(tools, file, folder, pieceS);
  if (cut.kind === "refused") throw new Error(cut.detail ?? cut.text.en);
  const pieces: Piece[] = [];
  for (const { name, fromMs } of cut.segments) {
    const probed = await probe(tools, join(folder, name), { keyframes: true });
    if (probed.kind === "refused") throw new Error(`${name}: ${probed.text.en}`);
    pieces.push({ file: join(folder, name), media: probed.media, offsetMs: fromMs });
  }
  return pieces;
}

/** A box of type `free` (ISO/IEC 14496-12, 8.1.2): other bytes, the same film. */
function freeBox(text: string): Buffer {
  const content = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write("free", 4, "latin1");
  return Buffer.concat([head, content]);
}

/** Stores a piece as a clip of a source, ready for the detector: object, then row. `serial` makes its bytes unlike any other's. */
export async function putClip(
  { db, store }: { db: Database; store: ObjectStore },
  sourceId: string,
  piece: Piece,
  startedAt: Date,
  serial: string,
): Promise<string> {
  const { media } = piece;
  const stored = await store.putBytes(Buffer.concat([await readFile(piece.file), freeBox(serial)]));
  const clip = await db.clip.create({
    data: {
      sourceId,
      fileName: `${serial}.mp4`,
      sha256: stored.sha256,
      sizeBytes: stored.sizeBytes,
      container: media.demuxer,
      codec: media.codec,
      widthPx: media.widthPx,
      heightPx: media.heightPx,
      durationMs: media.durationMs,
      startedAt,
      startMethod: "uploader",
      startUncertaintyMs: 0,
    },
  });
  return clip.id;
}
