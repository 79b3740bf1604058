import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { deviceRecordKinds, kindNames } from "@mingcha/models/device";
import { doIssuesCollide } from "@mingcha/models/field";
import type { deviceRecordBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertStepUp } from "../people/step-up.ts";
import { assertDuty } from "../plugins/access.ts";

const reviews = ["legal_review", "technical_review"] as const;

/** The two approvals of a device (APL 41(1)); the other entries are facts that somebody else made. */
export const isDeviceReview = (kind: string): boolean => reviews.some((one) => one === kind);

/** Enters one dated fact about a device, by whoever the law makes responsible for it; the two reviews by two people. */
export async function addRecord(
  deps: Deps,
  sourceId: string,
  body: z.output<typeof deviceRecordBodySchema>,
  person: SignedIn,
): Promise<string> {
  assertDuty(person, deviceRecordKinds[body.kind].by);
  if (isDeviceReview(body.kind)) assertStepUp(deps, person);
  return deps.db.$transaction(async (tx) => {
    await assertSourceDistrict(tx, {
      profile: deps.profile,
      sourceId,
      person,
      needs: [deviceRecordKinds[body.kind].by],
    });
    const other = reviews.find((kind) => kind !== body.kind);
    if (isDeviceReview(body.kind)) {
      const own = await tx.deviceRecord.count({
        where: { sourceId, kind: other ?? "", createdBy: person.id, withdrawnAt: null },
      });
      if (own > 0) {
        const done = kindNames(other === undefined ? [] : [other]);
        throw new AppError("OWN_DEVICE_REVIEW", { zh: done.zh, en: done.en });
      }
    }
    const carrier = body.carrier ?? null;
    if (carrier !== null && "personId" in carrier) await assertKnown(tx, carrier.personId);
    if (carrier !== null) await assertFree(tx, sourceId, body);
    const row = await tx.deviceRecord.create({
      data: {
        sourceId,
        kind: body.kind,
        validFrom: new Date(body.validFrom),
        validTo: body.validTo === undefined ? null : new Date(body.validTo),
        reference: body.reference,
        note: body.note ?? null,
        ...(body.kind === "retrieval" && body.retrieval !== undefined ? { details: body.retrieval } : {}),
        ...(carrier === null ? {} : { details: carrier }),
        createdBy: person.id,
      },
    });
    await appendCustody(tx, {
      action: "device.recorded",
      subject: `source:${sourceId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        recordId: row.id,
        kind: row.kind,
        validFrom: row.validFrom.toISOString(),
        validTo: row.validTo?.toISOString() ?? null,
        reference: row.reference,
        ...(carrier === null ? {} : { carrier }),
      },
    });
    return row.id;
  });
}

/** One device is with one carrier: an issue that begins within the stated period of another is refused, whoever enters both at one moment. */
async function assertFree(
  tx: DatabaseOrTransaction,
  sourceId: string,
  { validFrom, validTo }: { validFrom: string; validTo?: string | undefined },
): Promise<void> {
  await tx.$queryRaw`select 1 from source where id = ${sourceId} for update`;
  const issues = await tx.deviceRecord.findMany({
    where: { sourceId, kind: "carrier", withdrawnAt: null },
    select: { validFrom: true, validTo: true, reference: true },
    orderBy: { validFrom: "asc" },
  });
  const wanted = { fromMs: Date.parse(validFrom), toMs: validTo === undefined ? null : Date.parse(validTo) };
  const other = issues.find((one) =>
    doIssuesCollide({ fromMs: one.validFrom.getTime(), toMs: one.validTo?.getTime() ?? null }, wanted),
  );
  if (other === undefined) return;
  const [from, to] = [other.validFrom.toISOString(), other.validTo?.toISOString() ?? null];
  throw new AppError("BAD_INPUT", {
    reason:
      `与领用登记“${other.reference}”（${from} 至 ${to ?? "下次领用"}）的时段重叠：请改时段，或者先撤销该登记 / ` +
      `it overlaps the issue “${other.reference}” (${from} to ${to ?? "the next issue"}): state another period, or withdraw that one first`,
  });
}

async function assertKnown(tx: DatabaseOrTransaction, personId: string): Promise<void> {
  const person = await tx.person.findUnique({ where: { id: personId }, select: { disabledAt: true } });
  if (person === null || person.disabledAt !== null)
    throw new AppError("BAD_INPUT", { reason: "领用人须为在用账号的人员 / the carrier needs an account in use" });
}
