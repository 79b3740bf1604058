import { z } from "zod";

/** What ONVIF's method keeps beside a comparison (ingest/src/live/clocks/onvif.ts). */
const toldSchema = z.object({
  setBy: z.enum(["ntp", "manual", "unsaid"]),
  by: z.enum(["utc", "local"]),
  zone: z.string(),
  daylightSavings: z.boolean(),
  contradicts: z.boolean(),
  asked: z.number(),
});

const setBy = {
  ntp: { zh: "设备称由 NTP 授时", en: "set by NTP, the device says" },
  manual: { zh: "设备称为人工设定", en: "set by hand, the device says" },
  unsaid: { zh: "设备未说明授时方式", en: "the device does not say how it is set" },
};

/** In words what a device told beside its time; null where its method tells nothing more. */
export function toldText(detail: unknown): { zh: string; en: string } | null {
  const read = toldSchema.safeParse(detail);
  if (!read.success) return null;
  const { zone, daylightSavings, by, contradicts, asked } = read.data;
  const parts = [
    setBy[read.data.setBy],
    ...(zone === "" ? [] : [{ zh: `时区 ${zone}`, en: `zone ${zone}` }]),
    ...(daylightSavings ? [{ zh: "夏令时", en: "daylight saving" }] : []),
    ...(by === "local" ? [{ zh: "由本地时间换算", en: "from its local time" }] : []),
    ...(contradicts ? [{ zh: "其 UTC 与本地时间、时区不符", en: "its UTC does not fit its local time and zone" }] : []),
    { zh: `询问 ${asked} 次`, en: `asked ${asked} times` },
  ];
  return { zh: parts.map(({ zh }) => zh).join("，"), en: parts.map(({ en }) => en).join(", ") };
}
