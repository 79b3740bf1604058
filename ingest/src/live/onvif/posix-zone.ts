/** Name and time west of Greenwich, as POSIX writes them (IEEE Std 1003.1, §8.3 TZ): `CST-8`, `<+08>-8`, `EST5EDT`, `IST-5:30`. */
const zonePattern =
  /^(?:<[\w+-]{1,10}>|[A-Za-z]{3,10})([+-]?\d{1,2}(?::\d{2}){0,2})(?:(?:<[\w+-]{1,10}>|[A-Za-z]{3,10})([+-]?\d{1,2}(?::\d{2}){0,2})?)?(?:,.*)?$/;
const hourMs = 3_600_000;

/** Local time less UTC of a POSIX zone; null: it says none. Whether daylight saving is on the device tells, its rules are not read. */
export function zoneOffsetMs(zone: string, isDaylightSaving: boolean): number | null {
  if (/^(UTC|GMT|Z)$/i.test(zone)) return 0;
  const [whole, standard, daylight] = zonePattern.exec(zone) ?? [];
  if (whole === undefined || standard === undefined) return null;
  const standardMs = -westMs(standard);
  if (!isDaylightSaving) return standardMs;
  return daylight === undefined ? standardMs + hourMs : -westMs(daylight);
}

function westMs(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  const ms = hours * hourMs + minutes * 60_000 + seconds * 1_000;
  return text.startsWith("-") ? -ms : ms;
}
