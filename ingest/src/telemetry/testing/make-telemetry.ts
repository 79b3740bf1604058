import { runningSum, st0601Key } from "../klv/local-set.ts";

/** Made telemetry of every format, at a made-up place in Shanghai: small, and whole. */
const place = { longitude: 121.5, latitude: 31.2 };

const be = (bits: 8 | 16 | 32, value: number): Buffer => {
  const bytes = Buffer.alloc(bits / 8);
  if (bits === 8) bytes.writeUInt8(value & 0xff);
  else if (bits === 16) bytes.writeUInt16BE(value & 0xffff);
  else bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** One ST 0601 packet with the given items after the time stamp, its checksum right. */
export function makeKlv(utcMs: number, items: readonly (readonly [tag: number, value: Buffer])[] = []): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(utcMs) * 1000n);
  const degrees = (value: number, span: number): Buffer => be(32, Math.round((value / span) * 0xfffffffe));
  const all: (readonly [number, Buffer])[] = [
    [2, time],
    [13, degrees(place.latitude, 180)],
    [14, degrees(place.longitude, 360)],
    [15, be(16, Math.round(((120 + 900) / 19_900) * 0xffff))],
    ...items,
  ];
  const value = Buffer.concat([
    ...all.map(([tag, bytes]) => Buffer.concat([be(8, tag), be(8, bytes.length), bytes])),
    Buffer.from([1, 2]),
  ]);
  const length = value.length + 2;
  const head = Buffer.concat([
    st0601Key,
    length < 128 ? be(8, length) : Buffer.concat([be(8, 0x81), be(8, length)]),
    value,
  ]);
  return Buffer.concat([head, be(16, runningSum(head, 0, head.length))]);
}

/** One GPMF item; `type` empty for a container. */
export function gpmf(key: string, type: string, rowBytes: number, content: Buffer): Buffer {
  const isContainer = type === "";
  const head = Buffer.concat([
    Buffer.from(key),
    be(8, isContainer ? 0 : type.charCodeAt(0)),
    be(8, isContainer ? 1 : rowBytes),
    be(16, isContainer ? content.length : content.length / rowBytes),
  ]);
  return Buffer.concat([head, content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}

/** A second of HERO5–10 with `rows` positions going north; `fix` 0, 2 or 3. */
export function makeGpmf(second: number, { rows = 2, fix = 3 } = {}): Buffer {
  const values = Array.from({ length: rows }, (_, i) =>
    Buffer.concat([
      be(32, Math.round((place.latitude + (second * rows + i) * 1e-5) * 1e7)),
      be(32, Math.round(place.longitude * 1e7)),
      be(32, 120_000),
      be(32, 5_000),
      be(32, 500),
    ]),
  );
  const stream = Buffer.concat([
    gpmf("GPSF", "L", 4, be(32, fix)),
    gpmf("GPSU", "U", 16, Buffer.from(`26050100000${second}.000`)),
    gpmf("SCAL", "l", 4, Buffer.concat([1e7, 1e7, 1000, 1000, 100].map((n) => be(32, n)))),
    gpmf("GPS5", "l", 20, Buffer.concat(values)),
  ]);
  return gpmf("DEVC", "", 1, Buffer.concat([gpmf("DVID", "L", 4, be(32, 1)), gpmf("STRM", "", 1, stream)]));
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest >> 7n === 0n) return Buffer.from([...bytes, low]);
    bytes.push(low | 128);
  }
}
const field = (number: number, wire: number, content: Buffer): Buffer =>
  Buffer.concat([varint(BigInt(number * 8 + wire)), content]);
const message = (number: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return field(number, 2, Buffer.concat([varint(BigInt(content.length)), content]));
};
const whole = (number: number, value: number): Buffer => field(number, 0, varint(BigInt(value)));
const double = (number: number, value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return field(number, 1, bytes);
};

export interface MadeFrame {
  readonly protocol?: string;
  readonly longitude?: number;
  readonly latitude?: number;
  readonly heightMm?: number;
  /** Tenths of a degree; left out where 0, as protobuf does. */
  readonly pitchTenths?: number;
  readonly utc?: string;
}

/** One frame of a `djmd` track. */
export function makeDjmd({
  protocol = "dvtm_wa345e",
  longitude = place.longitude,
  latitude = place.latitude,
  heightMm = 60_000,
  pitchTenths = -450,
  utc = "2026-05-01 00:00:00.000",
}: MadeFrame = {}): Buffer {
  const gps = message(
    4,
    message(1, whole(1, 1), double(2, latitude), double(3, longitude)),
    whole(2, 120_000),
    message(6, message(1, Buffer.from(utc))),
  );
  return Buffer.concat([
    message(1, message(1, message(1, Buffer.from(`${protocol}.proto`)))),
    message(
      3,
      message(3, message(3, whole(3, 900)), gps, message(5, whole(1, heightMm))),
      message(4, message(3, ...(pitchTenths === 0 ? [] : [whole(1, pitchTenths)]), whole(3, 905))),
    ),
  ]);
}

/** GPX with a point a second from this time on. */
export const makeGpx = (from: string, seconds: number): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${Array.from(
    { length: seconds },
    (_, i) =>
      `<trkpt lat="${place.latitude + i * 1e-5}" lon="${place.longitude}"><ele>120</ele><time>${new Date(Date.parse(from) + i * 1000).toISOString()}</time></trkpt>`,
  ).join("")}</trkseg></trk></gpx>`;

/** A PX4 log of three fixes and an attitude. */
export function makeUlog(): Buffer {
  const text = (kind: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(3);
    head.writeUInt16LE(content.length);
    head.write(kind, 2, "latin1");
    return Buffer.concat([head, content]);
  };
  const header = Buffer.alloc(16);
  Buffer.from([0x55, 0x4c, 0x6f, 0x67, 0x01, 0x12, 0x35, 1]).copy(header);
  const fix = (i: number): Buffer => {
    const bytes = Buffer.alloc(2 + 8 + 8 + 4 * 4 + 1);
    bytes.writeBigUInt64LE(BigInt(1_000_000 + i * 200_000), 2);
    bytes.writeBigUInt64LE(BigInt(Date.UTC(2026, 4, 1) + i * 200) * 1000n, 10);
    bytes.writeInt32LE(Math.round(place.longitude * 1e7), 18);
    bytes.writeInt32LE(Math.round((place.latitude + i * 1e-5) * 1e7), 22);
    bytes.writeInt32LE(120_000, 26);
    bytes.writeFloatLE(0.8, 30);
    bytes.writeUInt8(3, 34);
    return bytes;
  };
  const formats =
    "vehicle_gps_position:uint64_t timestamp;uint64_t time_utc_usec;int32_t lon;int32_t lat;int32_t alt;float eph;uint8_t fix_type;";
  return Buffer.concat([
    header,
    text("F", Buffer.from(formats)),
    text("A", Buffer.concat([Buffer.from([0, 0, 0]), Buffer.from("vehicle_gps_position")])),
    ...[0, 1, 2].map((i) => text("D", fix(i))),
  ]);
}

/** The metadata of a DJI photo without its picture. `attributes` of `drone-dji`, by their plain names. */
export function makePhoto(attributes: Record<string, string>, createDate = "2026-05-01T08:00:00+08:00"): Buffer {
  const xmp = `http://ns.adobe.com/xap/1.0/\0<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="DJI Meta Data" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" xmp:CreateDate="${createDate}" ${Object.entries(
    attributes,
  )
    .map(([name, value]) => `drone-dji:${name}="${value}"`)
    .join(" ")}></rdf:Description></rdf:RDF></x:xmpmeta>`;
  const content = Buffer.from(xmp);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
    be(16, content.length + 2),
    content,
    Buffer.from([0xff, 0xd9]),
  ]);
}

export const djiAttributes = {
  GpsLatitude: "+31.2",
  GpsLongtitude: "+121.5",
  RelativeAltitude: "+60.0",
  AbsoluteAltitude: "+75.2",
  AltitudeType: "RtkAlt",
  GimbalYawDegree: "+90.0",
  GimbalPitchDegree: "-90.0",
  GimbalRollDegree: "+0.0",
};

/** A box of an MP4. */
const box = (type: string, content: Buffer): Buffer =>
  Buffer.concat([be(32, content.length + 8), Buffer.from(type, "latin1"), content]);

/** Content of a `moov` that says where its video began. */
export function makeMoov(text: string): Buffer {
  const bytes = Buffer.from(text);
  return box("udta", box("\u00a9xyz", Buffer.concat([be(16, bytes.length), be(16, 0x15c7), bytes])));
}

/** Whole samples of a format, by its key. */
export function samplesOf(key: string): Buffer[] {
  const start = Date.UTC(2026, 4, 1);
  const made: Record<string, () => Buffer[]> = {
    "px4-ulog": () => [makeUlog()],
    "gopro-gpmf": () => [Buffer.concat([makeGpmf(0), makeGpmf(1)])],
    "dji-djmd": () => [makeDjmd(), makeDjmd({ protocol: "dvtm_Unheard_of" })],
    "misb-klv": () => [Buffer.concat([makeKlv(start), makeKlv(start + 1000)])],
    "dji-srt": () => [
      Buffer.from(
        "1\n00:00:00,000 --> 00:00:01,000\n[iso: 100] [latitude: 31.2] [longitude: 121.5] [rel_alt: 40 abs_alt: 45]\n",
      ),
    ],
    gpx: () => [Buffer.from(makeGpx("2026-05-01T00:00:00Z", 3))],
    photo: () => [makePhoto(djiAttributes)],
    "quicktime-place": () => [makeMoov("+31.2000+121.5000+010.5/")],
  };
  return made[key]?.() ?? [];
}
