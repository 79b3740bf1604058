import { laidByClock } from "@mingcha/models/ground";
import { z } from "zod";
import type { TelemetryRefusal } from "../telemetry/telemetry.ts";
import { refusalText } from "./refusal.ts";

/** What sources of time and place say against each other, or what could not be read. Kept with the clip and shown, never averaged away. */
const telemetryCheckSchema = z.object({
  code: z.enum([
    "place_differs",
    "height_differs",
    "time_differs",
    "container_time_differs",
    "not_compared",
    "not_on_clip",
    "start_unsure",
    // read by `api/src/flights`: the error in time of such points is that of the clip's start
    laidByClock,
    "track_unreadable",
    "inside_set_aside",
    "message_place_differs",
    "message_time_differs",
    "message_height_differs",
    "message_yaw_differs",
    "message_not_compared",
    "warning",
  ]),
  zh: z.string(),
  en: z.string(),
});
export type TelemetryCheck = z.infer<typeof telemetryCheckSchema>;
export const telemetryChecksSchema = z.array(telemetryCheckSchema);

export const unreadable = (format: string, { code, detail }: TelemetryRefusal): TelemetryCheck => {
  const { zh, en } = refusalText(code);
  return {
    code: "track_unreadable",
    zh: `录像内有 ${format} 数据但未能读取：${zh}（${detail}）`,
    en: `the video holds ${format} data that was not read: ${en} (${detail})`,
  };
};
