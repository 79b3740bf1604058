/** Binary units, one decimal: `512 B`, `3.4 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Largest two units of a duration in seconds, as numbers for a translated text. */
export function splitDuration(seconds: number): { days: number; hours: number; minutes: number; seconds: number } {
  const whole = Math.max(0, Math.round(seconds));
  return {
    days: Math.floor(whole / 86_400),
    hours: Math.floor((whole % 86_400) / 3_600),
    minutes: Math.floor((whole % 3_600) / 60),
    seconds: whole % 60,
  };
}

/** Key of the duration text to use: the largest unit and the one below it. */
export function durationKey(
  seconds: number,
): "duration.days" | "duration.hours" | "duration.minutes" | "duration.seconds" {
  const parts = splitDuration(seconds);
  if (parts.days > 0) return "duration.days";
  if (parts.hours > 0) return "duration.hours";
  return parts.minutes > 0 ? "duration.minutes" : "duration.seconds";
}

/** Key of the text with the largest unit alone; hours stay beside few days, where they still matter. */
export function roughDurationKey(
  seconds: number,
): "duration.days" | "duration.wholeDays" | "duration.wholeHours" | "duration.wholeMinutes" {
  const parts = splitDuration(seconds);
  if (parts.days > 2) return "duration.wholeDays";
  if (parts.days > 0) return "duration.days";
  return parts.hours > 0 ? "duration.wholeHours" : "duration.wholeMinutes";
}

/** `a1b2c3d4…9f8e`: enough of a hash to compare at a glance; the whole is what gets copied. */
export function shortHash(hash: string): string {
  return hash.length <= 14 ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`;
}
