/** RTP time of a packet (RFC 3550 §5.1), or null for what is no RTP. `whole`: interleaved frame with its four bytes of head. */
export function rtpTimeOf(whole: Buffer): number | null {
  if (whole.length < 4 + 12 || whole.readUInt8(4) >> 6 !== 2) return null;
  return whole.readUInt32BE(4 + 4);
}

/** Seconds between the epochs of NTP (1900) and Unix (1970), RFC 5905 §6. */
const ntpEpochS = 2_208_988_800;

/** The first sender report of a compound RTCP packet (RFC 3550 §6.4.1): device time and the RTP time that belongs to it. */
export function senderReportOf(whole: Buffer): { readonly deviceMs: number; readonly rtpTime: number } | null {
  let at = 4;
  while (at + 8 <= whole.length) {
    const type = whole.readUInt8(at + 1);
    const bytes = 4 + whole.readUInt16BE(at + 2) * 4;
    if (whole.readUInt8(at) >> 6 !== 2 || at + bytes > whole.length) return null;
    if (type === 200 && bytes >= 28) {
      const seconds = whole.readUInt32BE(at + 8);
      const fraction = whole.readUInt32BE(at + 12);
      // a device that does not know the time sends zeros
      if (seconds === 0) return null;
      const deviceMs = (seconds - ntpEpochS) * 1_000 + (fraction / 2 ** 32) * 1_000;
      return { deviceMs, rtpTime: whole.readUInt32BE(at + 16) };
    }
    at += bytes;
  }
  return null;
}
