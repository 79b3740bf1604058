import { boxAt, childBoxes } from "./mp4-boxes.ts";

/** One coded picture of the video track. Time in milliseconds from the first picture shown; place in the file in bytes. */
export type Mp4Sample = { timeMs: number; isKey: boolean; at: number; bytes: number };

/** What the index (`moov`) of an MP4 says of its video track. */
export type Mp4Index = {
  samples: Mp4Sample[];
  durationMs: number;
  /** Pictures are shown in another order than they are coded (B-frames): a decoder holds some back. */
  isReordered: boolean;
  /** Sample descriptions and track header as they are, to be copied into another file. */
  stsd: Buffer;
  tkhd: Buffer;
};

/** More pictures than this are no clip of ours: 30 h at 25 a second. */
const samplesMax = 2_700_000;

/** A coded picture is never this large: 40 megapixels without any compression are 60 MB. */
const sampleBytesMax = 64 * 1024 * 1024;

type Reader = { next: () => number; left: () => number };

/** Reads 32-bit numbers after the `skip` first bytes of a box; past the end it gives NaN, which no later check accepts. */
function reader(content: Buffer, skip: number): Reader {
  let at = skip;
  return {
    next: () => {
      const value = at + 4 <= content.length ? content.readUInt32BE(at) : Number.NaN;
      at += 4;
      return value;
    },
    left: () => content.length - at,
  };
}

/** Expands a run-length table of `[count, value]` to one value a sample. */
export function expand(content: Buffer | undefined, count: number): number[] | undefined {
  if (content === undefined || content.length < 8) return undefined;
  const entries = reader(content, 8);
  const values: number[] = [];
  while (values.length < count && entries.left() >= 8) {
    const runs = entries.next();
    const value = entries.next();
    if (!(runs > 0) || values.length + runs > count) return undefined;
    for (let i = 0; i < runs; i++) values.push(value);
  }
  return values.length === count ? values : undefined;
}

export function sampleSizes(stsz: Buffer | undefined): number[] | undefined {
  if (stsz === undefined || stsz.length < 12) return undefined;
  const same = stsz.readUInt32BE(4);
  const count = stsz.readUInt32BE(8);
  if (count === 0 || count > samplesMax) return undefined;
  if (same > sampleBytesMax) return undefined;
  if (same !== 0) return Array.from({ length: count }, () => same);
  if (stsz.length < 12 + count * 4) return undefined;
  const sizes = Array.from({ length: count }, (_, i) => stsz.readUInt32BE(12 + i * 4));
  return sizes.every((size) => size <= sampleBytesMax) ? sizes : undefined;
}

function chunkPlaces(stbl: Buffer): number[] | undefined {
  const stco = boxAt(stbl, "stco");
  const co64 = boxAt(stbl, "co64");
  const table = stco ?? co64;
  if (table === undefined || table.length < 8) return undefined;
  const count = table.readUInt32BE(4);
  const width = stco === undefined ? 8 : 4;
  if (table.length < 8 + count * width) return undefined;
  return Array.from({ length: count }, (_, i) =>
    width === 4 ? table.readUInt32BE(8 + i * 4) : Number(table.readBigUInt64BE(8 + i * 8)),
  );
}

/** Where each sample lies: chunks hold runs of samples (`stsc`), one after another. Only the first sample description is followed. */
export function samplePlaces(stbl: Buffer, sizes: readonly number[]): number[] | undefined {
  const chunks = chunkPlaces(stbl);
  const stsc = boxAt(stbl, "stsc");
  if (chunks === undefined || stsc === undefined || stsc.length < 8) return undefined;
  const entries = reader(stsc, 8);
  const runs: { firstChunk: number; perChunk: number }[] = [];
  while (entries.left() >= 12) {
    const firstChunk = entries.next();
    const perChunk = entries.next();
    if (entries.next() !== 1) return undefined;
    // chunks are numbered from one and runs follow one another (ISO/IEC 14496-12 §8.7.4): anything else is made to be walked for ever
    if (firstChunk <= (runs.at(-1)?.firstChunk ?? 0) || perChunk === 0) return undefined;
    runs.push({ firstChunk, perChunk });
  }
  const places: number[] = [];
  for (const [index, { firstChunk, perChunk }] of runs.entries()) {
    const lastChunk = Math.min(chunks.length, (runs[index + 1]?.firstChunk ?? chunks.length + 1) - 1);
    for (let chunk = firstChunk; chunk <= lastChunk && places.length < sizes.length; chunk++) {
      let at = chunks[chunk - 1] ?? Number.NaN;
      for (let i = 0; i < perChunk && places.length < sizes.length; i++) {
        const size = sizes[places.length] as number;
        places.push(at);
        at += size;
      }
    }
  }
  return places.length === sizes.length ? places : undefined;
}

/** Start of what is shown, in media time: one plain edit, or none. Undefined for edits that cut or repeat: those are left to ffmpeg. */
function editStart(trak: Buffer): number | undefined {
  const elst = boxAt(trak, "edts/elst");
  if (elst === undefined) return 0;
  const isLong = elst[0] === 1;
  if (elst.length < (isLong ? 24 : 16) || elst.readUInt32BE(4) !== 1) return undefined;
  const start = isLong ? Number(elst.readBigInt64BE(16)) : elst.readInt32BE(12);
  return start >= 0 ? start : undefined;
}

function readTrack(trak: Buffer, isAlone: boolean): Mp4Index | undefined {
  const mdhd = boxAt(trak, "mdia/mdhd");
  const stbl = boxAt(trak, "mdia/minf/stbl");
  const tkhd = boxAt(trak, "tkhd");
  const stsd = boxAt(stbl, "stsd");
  if (mdhd === undefined || stbl === undefined || tkhd === undefined || stsd === undefined || mdhd.length < 24)
    return undefined;
  const timescale = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
  const sizes = sampleSizes(boxAt(stbl, "stsz"));
  const startAt = editStart(trak);
  const hasOneCodec = stsd.length > 8 && stsd.readUInt32BE(4) === 1;
  if (sizes === undefined || startAt === undefined || timescale === 0 || !hasOneCodec) return undefined;
  const durations = expand(boxAt(stbl, "stts"), sizes.length);
  const places = samplePlaces(stbl, sizes);
  if (durations === undefined || places === undefined) return undefined;
  const ctts = boxAt(stbl, "ctts");
  const shifts = ctts === undefined ? undefined : expand(ctts, sizes.length);
  if (ctts !== undefined && shifts === undefined) return undefined;
  const stss = boxAt(stbl, "stss");
  const keys =
    stss === undefined
      ? undefined
      : new Set(Array.from({ length: Math.max(0, (stss.length - 8) >> 2) }, (_, i) => stss.readUInt32BE(8 + i * 4)));

  let decodeAt = 0;
  const shown = durations.map((duration, i) => {
    const at = decodeAt + ((shifts?.[i] ?? 0) | 0) - startAt;
    decodeAt += duration;
    return at;
  });
  const first = shown.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  // A video track that starts late beside a sound track: whose start counts is ffmpeg's business.
  if (!isAlone && first !== 0) return undefined;
  const ms = (ticks: number): number => Math.round(((ticks - first) * 1000) / timescale);
  return {
    samples: shown.map((at, i) => ({
      timeMs: ms(at),
      isKey: keys === undefined || keys.has(i + 1),
      at: places[i] as number,
      bytes: sizes[i] as number,
    })),
    durationMs: Math.round((decodeAt * 1000) / timescale),
    isReordered: shifts?.some((shift) => shift !== shifts[0]) ?? false,
    stsd,
    tkhd,
  };
}

/**
 * Reads the video track of an MP4's `moov` (ISO/IEC 14496-12). Gives undefined for anything unusual (fragments, edits, several codecs,
 * tables that disagree): such a file is not wrong, it only takes the ordinary way through ffmpeg.
 */
export function readMp4Index(moov: Buffer): Mp4Index | undefined {
  const children = childBoxes(moov);
  if (children.some(({ type }) => type === "mvex")) return undefined;
  const traks = children.filter(({ type }) => type === "trak").map(({ content }) => content);
  const isVideo = (trak: Buffer): boolean => boxAt(trak, "mdia/hdlr")?.toString("latin1", 8, 12) === "vide";
  const [video, second] = traks.filter(isVideo);
  if (video === undefined || second !== undefined) return undefined;
  return readTrack(video, traks.length === 1);
}
