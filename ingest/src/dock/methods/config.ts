import type { Answer } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import type { Asked } from "../known-dock.ts";

/** The bureau's app at DJI and the time server that the dock is to follow: so its clock comes under our control. */
export async function answerConfig({ app, ntpHost, log }: DockDeps, { dock }: Asked): Promise<Answer> {
  if (app === null) {
    log.warn({ sn: dock.sn }, "a dock asked for its configuration; MINGCHA_DOCK_APP_ID, _KEY and _LICENSE are not set");
    return { result: "no_configuration" };
  }
  return {
    result: "ok",
    beside: {
      app_id: app.id,
      app_key: app.key,
      app_license: app.license,
      ...(ntpHost === null ? {} : { ntp_server_host: ntpHost }),
    },
  };
}
