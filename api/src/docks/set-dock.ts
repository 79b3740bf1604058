import { randomInt } from "node:crypto";
import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import type { dockBodySchema } from "@mingcha/models/http";
import type { z } from "zod";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";

type Body = z.output<typeof dockBodySchema>;
const refuse = (zh: string, en: string) => new AppError("BAD_INPUT", { reason: `${zh} / ${en}` });

/** Enters a dock or changes what was entered; from now on it is listened to, or not any more. */
export async function setDock({ db }: Pick<Deps, "db">, sn: string, body: Body, person: SignedIn): Promise<void> {
  const { version, newCode, ...data } = body;
  await assertFits({ db }, sn, data);
  const row = { ...data, updatedBy: person.id };
  await db.$transaction(async (tx) => {
    if (version === 0) {
      await tx.dock.create({ data: { sn, ...row, bindingCode: makeCode() } }).catch((error: unknown) => {
        throw isDuplicate(error) ? new AppError("STALE") : error;
      });
    } else {
      const { count } = await tx.dock.updateMany({
        where: { sn, version },
        data: { ...row, version: { increment: 1 }, ...(newCode ? { bindingCode: makeCode() } : {}) },
      });
      if (count === 0) {
        if ((await tx.dock.count({ where: { sn } })) === 0)
          throw new AppError("NOT_FOUND", {}, { detail: `dock ${sn}` });
        throw new AppError("STALE");
      }
    }
    await appendCustody(tx, {
      action: "dock.changed",
      subject: `dock:${sn}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { ...data, codeChanged: newCode || version === 0 },
    });
  });
}

/** Its media go to one drone's source, and what one device sends is not heard as another's. */
async function assertFits(
  { db }: Pick<Deps, "db">,
  sn: string,
  { sourceId, aircraftSn }: Pick<Body, "sourceId" | "aircraftSn">,
): Promise<void> {
  if (sourceId !== null) {
    const source = await db.source.findUnique({ where: { id: sourceId }, select: { kind: true } });
    if (source === null) throw refuse("所选来源不存在，请先登记来源", "the source does not exist: register it first");
    if (source.kind !== "drone")
      throw refuse("机场只能对应无人机来源", "the source is none of a drone: choose one that is");
    if ((await db.dock.count({ where: { sourceId, sn: { not: sn } } })) > 0)
      throw refuse("该来源已对应另一机场", "the source belongs to another dock already: choose another");
  }
  const serials = aircraftSn === null ? [sn] : [sn, aircraftSn];
  const taken = await db.dock.count({
    where: { sn: { not: sn }, OR: [{ aircraftSn: { in: serials } }, { sn: { in: serials } }] },
  });
  if (aircraftSn === sn || taken > 0)
    throw refuse("序列号已用于另一机场或飞行器", "the serial number is that of another dock or aircraft already");
}

/** Without letters and digits that look alike: it is typed in by hand on site. */
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const makeCode = (): string => Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("");
