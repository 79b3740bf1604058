import { readFileSync, writeFileSync } from "node:fs";

const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value >>> 0, i * 4);
  });
  return bytes;
};
const box = (type: string, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([u32(content.length + 8), Buffer.from(type, "latin1"), content]);
};

/** Puts a data track into an MP4 whose index stands at its end, as cameras do: one sample for each piece, `everyMs` long. */
export function addDataTrack(path: string, mark: string, pieces: readonly Buffer[], everyMs: number): void {
  const file = readFileSync(path);
  let moovAt = 0;
  while (file.toString("latin1", moovAt + 4, moovAt + 8) !== "moov") moovAt += file.readUInt32BE(moovAt);
  const moov = file.subarray(moovAt + 8, moovAt + file.readUInt32BE(moovAt));
  const first = moovAt + 8;
  const places = pieces.map((_, i) => first + pieces.slice(0, i).reduce((sum, piece) => sum + piece.length, 0));
  const trak = box(
    "trak",
    box("tkhd", Buffer.alloc(84)),
    box(
      "mdia",
      box("mdhd", u32(0, 0, 0, 1000, pieces.length * everyMs, 0)),
      box("hdlr", u32(0, 0), Buffer.from("meta"), Buffer.alloc(13)),
      box(
        "minf",
        box("nmhd", u32(0)),
        box("dinf", box("dref", u32(0, 1), box("url ", u32(1)))),
        box(
          "stbl",
          box("stsd", u32(0, 1), box(mark, u32(0, 1))),
          box("stts", u32(0, 1, pieces.length, everyMs)),
          box("stsc", u32(0, 1, 1, 1, 1)),
          box("stsz", u32(0, 0, pieces.length, ...pieces.map((piece) => piece.length))),
          box("stco", u32(0, pieces.length, ...places)),
        ),
      ),
    ),
  );
  writeFileSync(path, Buffer.concat([file.subarray(0, moovAt), box("mdat", ...pieces), box("moov", moov, trak)]));
}
