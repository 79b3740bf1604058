/** Asia/Shanghai has kept UTC+08:00 without summer time since 1991; older instants do not occur in cases. */
const shanghaiOffsetMs = 8 * 3_600_000;

interface Clock {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly time: string;
  readonly ms: string;
}

/** An ISO 8601 instant with any offset as wall clock of Shanghai. */
function shanghaiClock(iso: string): Clock {
  const shifted = new Date(Date.parse(iso) + shanghaiOffsetMs).toISOString();
  const [year = "", month = "", day = ""] = shifted.slice(0, 10).split("-");
  return { year, month, day, time: shifted.slice(11, 19), ms: shifted.slice(20, 23) };
}

/** For prose: `2026年11月18日08时12分04秒`. The sentence states the offset once, see {@link proseOffset}. */
export function proseTime(iso: string): string {
  const { year, month, day, time } = shanghaiClock(iso);
  const [hour, minute, second] = time.split(":");
  return `${year}年${Number(month)}月${Number(day)}日${hour}时${minute}分${second}秒`;
}
export const proseOffset = "（北京时间，UTC+08:00）";

/** For tables: `2026-11-18 08:12:04.120+08:00`; milliseconds are printed where the instant has any. */
export function tableTime(iso: string): string {
  const { year, month, day, time, ms } = shanghaiClock(iso);
  return `${year}-${month}-${day} ${time}${ms === "000" ? "" : `.${ms}`}+08:00`;
}

/** A calendar date `2026-11-18` or an instant as `2026年11月18日`, Arabic numerals without leading zero (GB/T 9704). */
export function printDate(iso: string): string {
  const [year, month, day] = iso.length === 10 ? iso.split("-") : Object.values(shanghaiClock(iso));
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** Whole seconds as `1小时03分20秒`. */
export function printDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  if (h > 0) return `${h}小时${two(m)}分${two(s)}秒`;
  return m > 0 ? `${m}分${two(s)}秒` : `${s}秒`;
}
