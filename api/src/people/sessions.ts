import { createHash, randomBytes } from "node:crypto";
import type { Database } from "@mingcha/infra/db";
import type { Duty } from "@mingcha/models";

/** A signed-in person, as every route sees it. */
export interface SignedIn {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly badgeNo: string | null;
  readonly duties: readonly Duty[];
  /** Enforcement certificate in force today. */
  readonly qualified: boolean;
  /** Qualification for legal review in force today. */
  readonly legallyQualified: boolean;
}

export const cookieName = "mingcha_sid";
const idleMs = 2 * 3_600_000;
const absoluteMs = 12 * 3_600_000;
const touchEveryMs = 60_000;

const hashToken = (token: string) => createHash("sha256").update(token).digest("hex");

/** Opens a session and returns the cookie's token; only its hash is kept. */
export async function openSession(
  db: Database,
  personId: string,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + absoluteMs);
  await db.session.create({
    data: { tokenHash: hashToken(token), personId, createdAt: now, lastSeenAt: now, expiresAt },
  });
  return { token, expiresAt };
}

export async function closeSession(db: Database, token: string): Promise<void> {
  await db.session.deleteMany({ where: { tokenHash: hashToken(token) } });
}

/** The person behind a cookie, or null: unknown, idle too long, too old, or disabled. */
export async function findSession(db: Database, token: string, now: Date): Promise<SignedIn | null> {
  const session = await db.session.findUnique({ where: { tokenHash: hashToken(token) }, include: { person: true } });
  if (!session) return null;
  const idle = now.getTime() - session.lastSeenAt.getTime();
  if (session.expiresAt <= now || idle > idleMs || session.person.disabledAt !== null) {
    await db.session.deleteMany({ where: { tokenHash: session.tokenHash } });
    return null;
  }
  if (idle > touchEveryMs)
    await db.session.updateMany({ where: { tokenHash: session.tokenHash }, data: { lastSeenAt: now } });
  const { person } = session;
  return {
    id: person.id,
    login: person.login,
    name: person.name,
    badgeNo: person.badgeNo,
    duties: person.duties as Duty[],
    qualified: isQualified(person, now),
    legallyQualified: isQualified(
      { qualifiedFrom: person.legallyQualifiedFrom, qualifiedTo: person.legallyQualifiedTo },
      now,
    ),
  };
}

/** Whether a person's enforcement certificate covers a day. No dates on file: not qualified. */
export function isQualified(person: { qualifiedFrom: Date | null; qualifiedTo: Date | null }, at: Date): boolean {
  if (person.qualifiedFrom === null || person.qualifiedTo === null) return false;
  const endOfLastDay = person.qualifiedTo.getTime() + 86_400_000;
  return person.qualifiedFrom <= at && at.getTime() < endOfLastDay;
}
