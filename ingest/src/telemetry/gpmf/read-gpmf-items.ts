import { latin1, viewOf } from "../bytes.ts";

/** One item of GPMF (gopro/gpmf-parser README): a name of four letters, a type, and values in rows, big-endian, padded to four bytes. */
export interface GpmfItem {
  readonly key: string;
  /** A letter; empty for a container. */
  readonly type: string;
  readonly rowBytes: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** Items side by side; what does not fit its frame ends the walk. */
export function* gpmfItems(bytes: Uint8Array): Generator<GpmfItem> {
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const rowBytes = view.getUint8(at + 5);
    const rows = view.getUint16(at + 6);
    const length = rowBytes * rows;
    if (at + 8 + length > bytes.length) return;
    const type = view.getUint8(at + 4);
    yield {
      key: latin1(bytes, at, at + 4),
      type: type === 0 ? "" : String.fromCharCode(type),
      rowBytes,
      rows,
      bytes: bytes.subarray(at + 8, at + 8 + length),
    };
    at += 8 + Math.ceil(length / 4) * 4;
  }
}

const sizes: Record<string, number> = {
  b: 1,
  B: 1,
  s: 2,
  S: 2,
  l: 4,
  L: 4,
  f: 4,
  d: 8,
  j: 8,
  J: 8,
  q: 4,
  Q: 8,
  F: 4,
  c: 1,
};

function numberAt(view: DataView, at: number, type: string): number {
  switch (type) {
    case "b":
      return view.getInt8(at);
    case "B":
      return view.getUint8(at);
    case "s":
      return view.getInt16(at);
    case "S":
      return view.getUint16(at);
    case "l":
      return view.getInt32(at);
    case "L":
      return view.getUint32(at);
    case "f":
      return view.getFloat32(at);
    case "d":
      return view.getFloat64(at);
    case "j":
      return Number(view.getBigInt64(at));
    case "J":
      return Number(view.getBigUint64(at));
    default:
      return Number.NaN;
  }
}

/** No stream that is read has more fields in a row. */
const fieldsMax = 16;

/**
 * Rows of numbers of an item, at most `rowsMax` × `fieldsMax`. `complex` is the item's TYPE (one letter a field) where its own type is
 * `?`. A type that is not known gives no rows.
 */
export function numbersOf({ bytes, type, rowBytes, rows }: GpmfItem, complex: string, rowsMax: number): number[][] {
  const size = sizes[type] ?? 0;
  const letters =
    type === "?"
      ? [...complex.slice(0, rowBytes + 1)]
      : size === 0
        ? []
        : Array.from({ length: Math.floor(rowBytes / size) }, () => type);
  const wide = letters.reduce((sum, letter) => sum + (sizes[letter] ?? Number.NaN), 0);
  if (letters.length === 0 || !(wide <= rowBytes)) return [];
  const view = viewOf(bytes);
  const wanted = letters.slice(0, fieldsMax);
  return Array.from({ length: Math.min(rows, rowsMax) }, (_, row) => {
    let at = row * rowBytes;
    return wanted.map((letter) => {
      const value = numberAt(view, at, letter);
      at += sizes[letter] ?? 0;
      return value;
    });
  });
}
