import { demuxerOfHead } from "@mingcha/infra/media";
import { latin1, utf8 } from "./bytes.ts";
import { readDjiSrt } from "./dji-srt.ts";
import { readDjmd } from "./djmd/read-djmd.ts";
import { readGpmf } from "./gpmf/read-gpmf.ts";
import { readGpx } from "./gpx.ts";
import { st0601Key } from "./klv/local-set.ts";
import { readKlv } from "./klv/read-st0601.ts";
import { looksLikeSubtitles } from "./looks-like-subtitles.ts";
import { readPhoto } from "./photo/read-photo.ts";
import { readQuickTimePlace } from "./quicktime-place.ts";
import type { TelemetryOptions, TelemetryPiece, TelemetryResult } from "./telemetry.ts";
import { readUlog } from "./ulog/read-ulog.ts";
import { ulogMagic } from "./ulog/read-ulog-messages.ts";

/** Kinds of telemetry we read. */
export interface TelemetryFormat {
  readonly key: string;
  /** Grows with every change of what the parser gives for the same bytes; kept with what was read. */
  readonly version: number;
  /** Largest file of this kind that is looked at; a track of a video is bounded by its reader. */
  readonly bytesMax: number;
  /** Whether a file is of this kind, by its first 4 KB; never by its name. Absent: it comes only inside something else. */
  readonly recognises?: (head: Uint8Array) => boolean;
  /** Where inside a picture or a video it lies: the four letters of a data track, `moov` for the index of an MP4, `jpeg` for a photo. */
  readonly inside: readonly string[];
  /** Pure: bytes in, entries or a refusal out; never throws, never fills in. */
  readonly read: (
    pieces: readonly TelemetryPiece[],
    options: TelemetryOptions,
  ) => TelemetryResult | Promise<TelemetryResult>;
}

const MiB = 1024 * 1024;
const firstBytes = (pieces: readonly TelemetryPiece[]): Uint8Array => pieces[0]?.bytes ?? new Uint8Array();
const startsWith = (head: Uint8Array, magic: Uint8Array): boolean => magic.every((byte, i) => head[i] === byte);

/** All but the first five bytes, which a cut may have taken. */
const keyWord = latin1(st0601Key, 5, 13);

/** The one list of telemetry formats, the surest mark first. Of several tracks in one video the earliest of this list counts. */
export const telemetryFormats: readonly TelemetryFormat[] = [
  {
    key: "px4-ulog",
    version: 1,
    bytesMax: 256 * MiB,
    recognises: (head) => startsWith(head, ulogMagic),
    inside: [],
    read: readUlog,
  },
  {
    key: "gopro-gpmf",
    version: 1,
    bytesMax: 256 * MiB,
    recognises: (head) => latin1(head, 0, 4) === "DEVC" && head[4] === 0,
    inside: ["gpmd"],
    read: readGpmf,
  },
  { key: "dji-djmd", version: 1, bytesMax: 0, inside: ["djmd"], read: readDjmd },
  {
    key: "misb-klv",
    version: 2,
    bytesMax: 256 * MiB,
    // a recording cut out of a stream may begin in the middle of a packet
    recognises: (head) => demuxerOfHead(Buffer.from(head)) === undefined && latin1(head).includes(keyWord),
    inside: ["KLVA"],
    read: readKlv,
  },
  {
    key: "dji-srt",
    version: 2,
    bytesMax: 256 * MiB,
    recognises: (head) => looksLikeSubtitles(utf8(head)),
    inside: [],
    read: (pieces, options) => readDjiSrt(utf8(firstBytes(pieces)), options),
  },
  {
    key: "gpx",
    version: 1,
    bytesMax: 32 * MiB,
    recognises: (head) =>
      /^\uFEFF?\s{0,64}(?:<\?xml[^>]{0,200}\?>\s{0,64})?(?:<!--[\s\S]{0,1000}?-->\s{0,64})*<gpx[\s>]/.test(utf8(head)),
    inside: [],
    read: readGpx,
  },
  { key: "photo", version: 1, bytesMax: 0, inside: ["jpeg"], read: readPhoto },
  { key: "quicktime-place", version: 1, bytesMax: 0, inside: ["moov"], read: readQuickTimePlace },
];

/** The format a file is in, by its first bytes; undefined for anything that is no telemetry by itself. */
export const formatOfHead = (head: Uint8Array): TelemetryFormat | undefined =>
  telemetryFormats.find((format) => format.recognises?.(head) === true);

/** The format that lies inside a carrier under this mark. */
export const formatInside = (mark: string): TelemetryFormat | undefined =>
  telemetryFormats.find(({ inside }) => inside.includes(mark));

/** A whole file as one piece. */
export const asPiece = (bytes: Uint8Array): TelemetryPiece[] => [{ offsetMs: null, durationMs: null, bytes }];
