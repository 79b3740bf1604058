import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { clockRequestMs, methodsOfStream } from "@mingcha/models/device";
import { isStreamKind } from "@mingcha/models/streams";
import type { Deps } from "../deps.ts";
import { assertSourceDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";

/** Who may have a clock compared: whoever may enter a comparison, and the administrator who sets the connection up. */
export const clockAskers = ["monitor", "technical_reviewer", "administrator"] as const;

const noStream = {
  zh: "该来源没有启用的实时视频流，系统无法自动校时；可由人工登记时钟校验",
  en: "the source has no live stream that is switched on, so nothing can be compared by machine; a comparison can be entered by hand",
};

/** Why nobody can have the clock of a source compared by machine now; null: it can be. */
export async function findAskBar(db: DatabaseOrTransaction, sourceId: string): Promise<typeof noStream | null> {
  const stream = await db.stream.findUnique({ where: { sourceId }, select: { enabled: true } });
  return stream?.enabled === true ? null : noStream;
}

/** The newest request that not every method has answered; one on its way is not asked twice. */
export async function findOpenRequest(db: DatabaseOrTransaction, sourceId: string, now: Date) {
  const newest = await db.clockRequest.findFirst({
    where: { sourceId, stream: { enabled: true }, askedAt: { gt: new Date(now.getTime() - clockRequestMs) } },
    orderBy: { askedAt: "desc" },
    include: { stream: { select: { kind: true } } },
  });
  if (newest === null || !isStreamKind(newest.stream.kind)) return null;
  const answered = await db.clockTry.count({ where: { sourceId, requestId: newest.id } });
  return answered < methodsOfStream(newest.stream.kind).length ? newest : null;
}

/** Asks the machine that holds a live source to compare its clock now; what comes of it comes like every comparison. */
export async function askClock(
  deps: Pick<Deps, "db" | "profile" | "now">,
  sourceId: string,
  person: SignedIn,
): Promise<{ id: string; isNew: boolean }> {
  return deps.db.$transaction(async (tx) => {
    await assertSourceDistrict(tx, { profile: deps.profile, sourceId, person, needs: [clockAskers] });
    const bar = await findAskBar(tx, sourceId);
    if (bar !== null) throw new AppError("BAD_INPUT", { reason: `${bar.zh} / ${bar.en}` });
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`clock:${sourceId}`}, 0))`;
    const open = await findOpenRequest(tx, sourceId, deps.now());
    if (open !== null) return { id: open.id, isNew: false };
    const { id } = await tx.clockRequest.create({ data: { sourceId, askedBy: person.id, askedAt: deps.now() } });
    await appendCustody(tx, {
      action: "device.clock_asked",
      subject: `source:${sourceId}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { requestId: id },
    });
    return { id, isNew: true };
  });
}
