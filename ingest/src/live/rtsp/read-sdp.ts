/** Whether a session description (RFC 8866) offers video that is stored as it comes. Static payload types are none of these codecs. */
export function videoCodecOf(sdp: string): "h264" | "h265" | null {
  let inVideo = false;
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith("m=")) inVideo = line.startsWith("m=video ");
    const name = inVideo ? /^a=rtpmap:\d+\s+([\w.-]+)\/90000/i.exec(line)?.[1] : undefined;
    if (name !== undefined && /^h264$/i.test(name)) return "h264";
    if (name !== undefined && /^(h265|hevc)$/i.test(name)) return "h265";
  }
  return null;
}
