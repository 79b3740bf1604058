import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { type DeviceRecordCode, deviceRecordKinds } from "@mingcha/models/device";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { assertDuty } from "../plugins/access.ts";
import { isDeviceReview } from "./add-record.ts";

/** Takes back a record that was entered wrongly; it stays to be seen, with who took it back and why. */
export async function withdrawRecord(
  deps: Deps,
  { sourceId, recordId, reason }: { sourceId: string; recordId: string; reason: string },
  person: SignedIn,
): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const row = await tx.deviceRecord.findFirst({ where: { id: recordId, sourceId } });
    if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `device record ${recordId}` });
    const { by } = deviceRecordKinds[row.kind as DeviceRecordCode];
    assertDuty(person, by);
    await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [by] });
    if (isDeviceReview(row.kind)) assertStepUp(deps, person);
    const done = await tx.deviceRecord.updateMany({
      where: { id: recordId, withdrawnAt: null },
      data: { withdrawnAt: deps.now(), withdrawnBy: person.id, withdrawnReason: reason },
    });
    if (done.count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: "device.record_withdrawn",
      subject: `source:${sourceId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { recordId, kind: row.kind, reason },
    });
  });
}
