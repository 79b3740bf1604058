import type { StreamReason } from "@mingcha/models/streams";
import { parse, types } from "hls-parser";

export interface HlsSegment {
  /** Media sequence number (RFC 8216 §6.3): one more than that of the segment before. */
  readonly number: number;
  readonly url: URL;
  /** The head that belongs to a segment in MP4; null for a transport stream. */
  readonly headUrl: URL | null;
  readonly lengthMs: number;
  /** What the device says of its first picture (EXT-X-PROGRAM-DATE-TIME, or counted on from the last one before it). */
  readonly deviceMs: number | null;
}

export type HlsPlaylist =
  /** Several qualities: which playlist to read. */
  | { readonly kind: "choice"; readonly url: URL }
  | {
      readonly kind: "segments";
      /** No segment is longer. */
      readonly targetMs: number;
      readonly segments: readonly HlsSegment[];
      readonly isOver: boolean;
    }
  | { readonly kind: "refused"; readonly reason: StreamReason };

/** Reads a playlist of HLS (RFC 8216). Encrypted segments and pieces of a larger file are refused. */
export function readPlaylist(text: string, base: URL): HlsPlaylist {
  let playlist: types.MasterPlaylist | types.MediaPlaylist;
  try {
    playlist = parse(text);
  } catch {
    return { kind: "refused", reason: "not_understood" };
  }
  if (playlist instanceof types.MasterPlaylist) {
    const [best] = playlist.variants
      .filter(({ isIFrameOnly }) => isIFrameOnly !== true)
      .toSorted((a, b) => b.bandwidth - a.bandwidth);
    const url = best === undefined ? null : resolve(best.uri, base);
    return url === null ? { kind: "refused", reason: "not_understood" } : { kind: "choice", url };
  }
  const { targetDuration, endlist } = playlist;
  const segments: HlsSegment[] = [];
  // what a playlist does not say is null here, whatever the library's types say
  let countedMs: number | null = null;
  for (const { uri, duration, mediaSequenceNumber, key, map, byterange, programDateTime, gap } of playlist.segments) {
    const lengthMs = Math.round(duration * 1_000);
    const deviceMs: number | null = programDateTime?.getTime() ?? countedMs;
    countedMs = deviceMs === null ? null : deviceMs + lengthMs;
    if (gap === true) continue;
    if (key != null && key.method !== "NONE") return { kind: "refused", reason: "encrypted" };
    const [url, headUrl] = [resolve(uri, base), map?.uri == null ? undefined : resolve(map.uri, base)];
    if (url === null || headUrl === null || byterange != null || map?.byterange != null)
      return { kind: "refused", reason: "not_understood" };
    segments.push({ number: mediaSequenceNumber, url, headUrl: headUrl ?? null, lengthMs, deviceMs });
  }
  return { kind: "segments", targetMs: targetDuration * 1_000, segments, isOver: endlist };
}

function resolve(uri: string, base: URL): URL | null {
  return URL.canParse(uri, base.href) ? new URL(uri, base) : null;
}
