import type { LocalTime } from "../telemetry/telemetry.ts";

/**
 * DJI_20240501093000_0001_D.MP4, 20240501_093000.mp4, VID_20240501_093000.mp4, ch01_2024-05-01_09-30-00.ts, … Pixel phones (PXL_) and a
 * trailing Z mean UTC; everything else is the clock on the wall.
 */
const pattern =
  /(?<!\d)(20\d{2})([-_.]?)(0[1-9]|1[0-2])\2([0-2]\d|3[01])[-_ T.]?([01]\d|2[0-3])([-_.:：]?)([0-5]\d)\6([0-5]\d)(\d{3})?(Z)?(?!\d)/;

export interface TimeInName {
  readonly time: LocalTime;
  readonly isUtc: boolean;
}

/** The time a recorder wrote into a file's name, if there is one. */
export function timeInName(fileName: string): TimeInName | null {
  const match = pattern.exec(fileName);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = [1, 3, 4, 5, 7, 8].map((group) => Number(match[group]));
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const time = { year, month, day, hour, minute, second, millisecond: Number(match[9] ?? 0) };
  return { time, isUtc: match[10] === "Z" || /^PXL_/i.test(fileName) };
}
