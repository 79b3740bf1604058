import type { Answer, DataOf } from "@mingcha/models/dock";
import { isSerial } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import type { Asked } from "../known-dock.ts";

/** Which aircraft the dock says it has; none: it is away or switched off. Only a claim: what is listened to is what was registered. */
export async function noteTopology(
  { db }: DockDeps,
  { dock }: Asked,
  { sub_devices: devices }: DataOf<"update_topo">,
): Promise<Answer> {
  const aircraftSn = devices.find(({ sn }) => isSerial(sn))?.sn ?? null;
  await db.dockStanding.updateMany({ where: { sn: dock.sn }, data: { aircraftSn } });
  return { result: "ok" };
}
