import { latin1, viewOf } from "../bytes.ts";

/** `ULog\x01\x12\x35`, PX4 developer guide "ULog File Format". */
export const ulogMagic = Uint8Array.from([0x55, 0x4c, 0x6f, 0x67, 0x01, 0x12, 0x35]);

const sizes: Record<string, number> = {
  int8_t: 1,
  uint8_t: 1,
  bool: 1,
  char: 1,
  int16_t: 2,
  uint16_t: 2,
  int32_t: 4,
  uint32_t: 4,
  float: 4,
  int64_t: 8,
  uint64_t: 8,
  double: 8,
};

interface FieldPlace {
  readonly at: number;
  readonly type: string;
}
/** Where each plain field of a topic lies; arrays as `q[0]`, `q[1]` … */
type Layout = ReadonlyMap<string, FieldPlace>;

export interface UlogRow {
  readonly topic: string;
  readonly instance: number;
  /** A field's value; null where the topic lacks it. */
  readonly get: (field: string) => number | null;
}

/** Fields of topics we ask for are plain: nested types end a layout, what comes after them is not read. */
function layoutOf(fields: string): Layout {
  const layout = new Map<string, FieldPlace>();
  let at = 0;
  for (const field of fields.split(";").slice(0, 200)) {
    const match = /^(\w{1,60})(?:\[(\d{1,4})\])? (\w{1,80})$/.exec(field);
    const size = match === null ? undefined : sizes[match[1] ?? ""];
    if (match === null || size === undefined) break;
    const count = Number(match[2] ?? 1);
    for (let i = 0; i < Math.min(count, 16); i++)
      layout.set(match[2] === undefined ? (match[3] ?? "") : `${match[3]}[${i}]`, {
        at: at + i * size,
        type: match[1] ?? "",
      });
    at += size * count;
  }
  return layout;
}

function valueAt(view: DataView, { at, type }: FieldPlace): number | null {
  if (at + (sizes[type] ?? 1) > view.byteLength) return null;
  switch (type) {
    case "int8_t":
      return view.getInt8(at);
    case "int16_t":
      return view.getInt16(at, true);
    case "uint16_t":
      return view.getUint16(at, true);
    case "int32_t":
      return view.getInt32(at, true);
    case "uint32_t":
      return view.getUint32(at, true);
    case "int64_t":
      return Number(view.getBigInt64(at, true));
    case "uint64_t":
      return Number(view.getBigUint64(at, true));
    case "float":
      return view.getFloat32(at, true);
    case "double":
      return view.getFloat64(at, true);
    default:
      return view.getUint8(at);
  }
}

/** Rows of the wanted topics in the order of the file; a message that does not fit ends it. */
export function* ulogRows(bytes: Uint8Array, wanted: ReadonlySet<string>): Generator<UlogRow> {
  const view = viewOf(bytes);
  const layouts = new Map<string, Layout>();
  const subscribed = new Map<number, { topic: string; instance: number; layout: Layout }>();
  for (let at = 16; at + 3 <= bytes.length; ) {
    const size = view.getUint16(at, true);
    const kind = String.fromCharCode(view.getUint8(at + 2));
    const from = at + 3;
    if (from + size > bytes.length) return;
    at = from + size;
    if (kind === "F") {
      const [topic = "", fields = ""] = latin1(bytes, from, at).split(":");
      if (wanted.has(topic)) layouts.set(topic, layoutOf(fields));
    } else if (kind === "A" && size > 3) {
      const topic = latin1(bytes, from + 3, at);
      const layout = layouts.get(topic);
      if (layout !== undefined)
        subscribed.set(view.getUint16(from + 1, true), { topic, instance: view.getUint8(from), layout });
    } else if (kind === "D" && size > 2) {
      const to = subscribed.get(view.getUint16(from, true));
      if (to === undefined) continue;
      const row = viewOf(bytes.subarray(from + 2, at));
      const get = (field: string): number | null => {
        const place = to.layout.get(field);
        const value = place === undefined ? null : valueAt(row, place);
        return value !== null && Number.isFinite(value) ? value : null;
      };
      yield { topic: to.topic, instance: to.instance, get };
    }
  }
}
