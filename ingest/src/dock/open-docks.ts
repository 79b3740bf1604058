import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Environment } from "@mingcha/infra/config";
import { openUploadBucket, readBucketSettings } from "@mingcha/infra/dock";
import type { Profile } from "@mingcha/models/profile";
import type { IntakeDeps } from "../intake/intake-deps.ts";
import type { DockDeps } from "./dock-deps.ts";

/** What is needed to listen to docks, of the environment; null where no broker is named. */
export function readDockDeps(environment: Environment, profile: Profile, deps: IntakeDeps): DockDeps | null {
  const url = environment.MINGCHA_DOCK_MQTT_URL;
  if (url === undefined) return null;
  const settings = readBucketSettings(environment);
  const { MINGCHA_DOCK_APP_ID: id, MINGCHA_DOCK_APP_KEY: key, MINGCHA_DOCK_APP_LICENSE: license } = environment;
  return {
    ...deps,
    machine: `${hostname()}-${randomUUID().slice(0, 8)}`,
    broker: {
      url,
      user: environment.MINGCHA_DOCK_MQTT_USER,
      password: environment.MINGCHA_DOCK_MQTT_PASSWORD,
      caFile: environment.MINGCHA_DOCK_MQTT_CA,
    },
    settings,
    bucket: settings === null ? null : openUploadBucket(settings),
    issued: new Map(),
    dockFolder: deps.folders.docks,
    bureau: { id: profile.id, name: profile.bureau.name.zh },
    app: id === undefined || key === undefined || license === undefined ? null : { id, key, license },
    ntpHost: environment.MINGCHA_DOCK_NTP_HOST ?? null,
    now: () => new Date(),
  };
}
