import { isSerial } from "./serial.ts";

/** Folder of the upload bucket below which docks write; each has one of its own in it, named by its serial number. */
export const keyRoot = "docks";
/** An S3 key is at most 1,024 bytes long. */
const keyBytesMax = 1_024;
/** Between flight and file docks may put folders of their own. */
const foldersMax = 3;
// no control characters, nothing that means something in a path, a pattern or a policy
const segment = /^[\p{L}\p{N}][\p{L}\p{N} ._()+@=,-]{0,199}$/u;

/** The one prefix that a dock's credentials reach: `docks/<sn>/`. */
export const prefixOf = (sn: string): string => `${keyRoot}/${sn}/`;

export interface DockKey {
  readonly sn: string;
  readonly flightId: string;
  readonly name: string;
}

export type KeyRefusal = "bad_key" | "foreign_key";

/**
 * Reads `docks/<sn>/<flight id>/…/<name>`. A key of another shape, with `..`, an empty or a strange part is refused, and so is one below another
 * dock's prefix.
 */
export function readKey(key: string, sn: string): DockKey | KeyRefusal {
  if (new TextEncoder().encode(key).length > keyBytesMax) return "bad_key";
  const [root, owner, flightId, ...rest] = key.split("/");
  const name = rest.at(-1);
  if (root !== keyRoot || owner === undefined || flightId === undefined || name === undefined) return "bad_key";
  if (!isSerial(owner) || rest.length > foldersMax + 1) return "bad_key";
  if (![flightId, ...rest].every((part) => segment.test(part) && !part.includes(".."))) return "bad_key";
  return owner === sn ? { sn, flightId, name } : "foreign_key";
}

/** Positioning data that comes along with the pictures (ingest note §3): PPK and RTCM. Stored and listed, not analysed. A pattern of PostgreSQL too; in any case. */
export const positioningPattern = "\\.(obs|rtk|mrk|nav|dat)$";
const positioning = new RegExp(positioningPattern, "i");
export const isPositioningName = (name: string): boolean => positioning.test(name);
