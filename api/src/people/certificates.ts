import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import type { CertificateBody } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { dateOf, dayOf } from "./qualification.ts";
import type { SignedIn } from "./sessions.ts";

/** Enters a certificate; earlier ones stay as they were. The number stays out of the custody log, which nothing is ever taken out of. */
export async function addCertificate(
  deps: Deps,
  personId: string,
  { kind = "enforcement", number, validFrom, validTo }: CertificateBody,
  actor: SignedIn,
): Promise<string> {
  if (personId === actor.id) throw new AppError("OWN_ACCOUNT");
  return deps.db.$transaction(async (tx) => {
    if ((await tx.person.count({ where: { id: personId } })) === 0)
      throw new AppError("NOT_FOUND", {}, { detail: `person ${personId}` });
    const { id } = await tx.certificate.create({
      data: { personId, kind, number, validFrom: dateOf(validFrom), validTo: dateOf(validTo), createdBy: actor.id },
    });
    await appendCustody(tx, {
      action: "certificate.entered",
      subject: `person:${personId}`,
      actor: { kind: "person", id: actor.id, name: actor.name },
      detail: { certificateId: id, kind, validFrom, validTo },
    });
    return id;
  });
}

/** Takes back a certificate that was entered wrongly; it stays to be seen. */
export async function withdrawCertificate(
  deps: Deps,
  { personId, certificateId, reason }: { personId: string; certificateId: string; reason: string },
  actor: SignedIn,
): Promise<void> {
  if (personId === actor.id) throw new AppError("OWN_ACCOUNT");
  await deps.db.$transaction(async (tx) => {
    const row = await tx.certificate.findFirst({ where: { id: certificateId, personId } });
    if (row === null) throw new AppError("NOT_FOUND", {}, { detail: `certificate ${certificateId}` });
    const done = await tx.certificate.updateMany({
      where: { id: certificateId, withdrawnAt: null },
      data: { withdrawnAt: deps.now(), withdrawnBy: actor.id, withdrawnReason: reason },
    });
    if (done.count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: "certificate.withdrawn",
      subject: `person:${personId}`,
      actor: { kind: "person", id: actor.id, name: actor.name },
      detail: { certificateId, validFrom: dayOf(row.validFrom), validTo: dayOf(row.validTo) },
    });
  });
}
