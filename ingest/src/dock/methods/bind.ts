import { createHash, timingSafeEqual } from "node:crypto";
import { appendCustody } from "@mingcha/infra/custody";
import type { Answer, DataOf } from "@mingcha/models/dock";
import { machine } from "../../intake/intake-deps.ts";
import type { DockDeps } from "../dock-deps.ts";
import type { Asked } from "../known-dock.ts";

/** Which of the devices it names belong to this bureau: the dock once it was bound, and its registered aircraft. */
export async function answerBindStatus(
  { db, bureau }: DockDeps,
  { dock }: Asked,
  { devices }: DataOf<"airport_bind_status">,
): Promise<Answer> {
  const standing = await db.dockStanding.findUnique({ where: { sn: dock.sn }, select: { boundAt: true } });
  const isBound = standing?.boundAt != null;
  const bindStatus = devices.map(({ sn }) => ({
    sn,
    is_device_bind_organization: isBound && (sn === dock.sn || sn === dock.aircraftSn),
    organization_id: bureau.id,
    organization_name: bureau.name,
    device_callsign: sn === dock.sn ? dock.name : "",
  }));
  return { result: "ok", output: { bind_status: bindStatus } };
}

export async function answerOrganization(
  { bureau }: DockDeps,
  { dock }: Asked,
  { device_binding_code: code }: DataOf<"airport_organization_get">,
): Promise<Answer> {
  if (!isSame(code, dock.bindingCode)) return { result: "wrong_code" };
  return { result: "ok", output: { organization_name: bureau.name } };
}

/** Binds the dock to the bureau with the code of its registration. Once is enough: again changes nothing. */
export async function bindOrganization(
  { db, bureau, now }: DockDeps,
  { dock }: Asked,
  { bind_devices: devices }: DataOf<"airport_organization_bind">,
): Promise<Answer> {
  const own = devices.find(({ sn }) => sn === dock.sn);
  if (own === undefined || own.organization_id !== bureau.id) return { result: "bad_request" };
  if (!devices.every(({ device_binding_code: code }) => isSame(code, dock.bindingCode)))
    return { result: "wrong_code" };
  await db.$transaction(async (tx) => {
    const { count } = await tx.dockStanding.updateMany({
      where: { sn: dock.sn, boundAt: null },
      data: { boundAt: now() },
    });
    if (count === 0) return;
    await appendCustody(tx, {
      action: "dock.bound",
      subject: `dock:${dock.sn}`,
      actor: machine,
      detail: { devices: devices.map(({ sn }) => sn), organizationId: bureau.id },
    });
  });
  return { result: "ok", output: { err_infos: devices.map(({ sn }) => ({ sn, err_code: 0 })) } };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const isSame = (given: string, kept: string): boolean => timingSafeEqual(digest(given), digest(kept));
