import { createHash, randomBytes } from "node:crypto";
import type { Database } from "@mingcha/infra/db";
import type { Duty } from "@mingcha/models";
import type { Deps } from "../deps.ts";
import { isQualified } from "./qualification.ts";

/** A signed-in person, as every route sees it. */
export interface SignedIn {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly badgeNo: string | null;
  readonly duties: readonly Duty[];
  /** Districts of the profile; none: the whole bureau. */
  readonly districts: readonly string[];
  /** Enforcement certificate in force today. */
  readonly qualified: boolean;
  /** Qualification for legal review in force today. */
  readonly legallyQualified: boolean;
  /** The password was handed out and has not been changed yet. */
  readonly mustChangePassword: boolean;
  /** `confirmedAt`: when the password was last typed in. */
  readonly session: { readonly id: string; readonly confirmedAt: Date };
}

export const cookieName = "mingcha_sid";
const idleMs = 2 * 3_600_000;
const absoluteMs = 12 * 3_600_000;
const touchEveryMs = 60_000;
const agentMax = 200;

const hashToken = (token: string) => createHash("sha256").update(token).digest("hex");

/** Opens a session and returns the cookie's token; only its hash is kept. */
export async function openSession(
  db: Database,
  personId: string,
  now: Date,
  agent?: string,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + absoluteMs);
  await db.session.create({
    data: {
      tokenHash: hashToken(token),
      personId,
      createdAt: now,
      lastSeenAt: now,
      confirmedAt: now,
      expiresAt,
      agent: agent?.slice(0, agentMax) ?? null,
    },
  });
  return { token, expiresAt };
}

export async function closeSession(db: Database, token: string): Promise<void> {
  await db.session.deleteMany({ where: { tokenHash: hashToken(token) } });
}

/** Sessions that would still be found: what is too old or idle too long counts as gone. */
export function liveSessions(now: Date) {
  return { expiresAt: { gt: now }, lastSeenAt: { gte: new Date(now.getTime() - idleMs) } };
}

type SessionDeps = Pick<Deps, "db" | "profile" | "now">;

/** The person behind a cookie, or null: unknown, idle too long, too old, or disabled. */
export async function findSession(deps: SessionDeps, token: string): Promise<SignedIn | null> {
  const { db } = deps;
  const now = deps.now();
  const session = await loadSession(db, token);
  if (session === null) return null;
  if (!isOpen(session, now)) {
    await db.session.deleteMany({ where: { tokenHash: session.tokenHash } });
    return null;
  }
  if (now.getTime() - session.lastSeenAt.getTime() > touchEveryMs)
    await db.session.updateMany({ where: { tokenHash: session.tokenHash }, data: { lastSeenAt: now } });
  return viewSignedIn(session, deps.profile.timezone, now);
}

/** The same without counting as a sign of life: a stream that stays open by itself must not keep a session from running out. */
export async function peekSession({ db, profile, now: clock }: SessionDeps, token: string): Promise<SignedIn | null> {
  const now = clock();
  const session = await loadSession(db, token);
  return session !== null && isOpen(session, now) ? viewSignedIn(session, profile.timezone, now) : null;
}

type LoadedSession = NonNullable<Awaited<ReturnType<typeof loadSession>>>;
const loadSession = (db: Database, token: string) =>
  db.session.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { person: { include: { certificates: true } } },
  });

const isOpen = ({ expiresAt, lastSeenAt, person }: LoadedSession, now: Date): boolean =>
  expiresAt > now && now.getTime() - lastSeenAt.getTime() <= idleMs && person.disabledAt === null;

function viewSignedIn({ id, confirmedAt, person }: LoadedSession, timezone: string, now: Date): SignedIn {
  return {
    id: person.id,
    login: person.login,
    name: person.name,
    badgeNo: person.badgeNo,
    duties: person.duties as Duty[],
    districts: person.districts,
    qualified: isQualified(person, now, timezone),
    legallyQualified: isQualified(person, now, timezone, "legal"),
    mustChangePassword: person.mustChangePassword,
    session: { id, confirmedAt },
  };
}
