import { certificateKindOf, certificateState, type Duty } from "@mingcha/models";
import type { AccountView } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import type { Deps } from "../deps.ts";
import { dayOf, termsOf } from "./qualification.ts";
import { liveSessions } from "./sessions.ts";

/** Every account with the history of its certificates, newest first, and where the qualification stands today. */
export async function listAccounts({ db, profile, now }: Deps): Promise<AccountView[]> {
  const at = now();
  const people = await db.person.findMany({
    orderBy: [{ name: "asc" }, { login: "asc" }],
    include: {
      certificates: { orderBy: [{ validTo: "desc" }, { createdAt: "desc" }] },
      sessions: { where: liveSessions(at), orderBy: { lastSeenAt: "desc" }, take: 1, select: { lastSeenAt: true } },
    },
  });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const today = localDay(at, profile.timezone);
  return people.map((person) => ({
    id: person.id,
    login: person.login,
    name: person.name,
    badgeNo: person.badgeNo,
    duties: person.duties as Duty[],
    districts: person.districts,
    version: person.version,
    demo: person.demo,
    disabledAt: person.disabledAt?.toISOString() ?? null,
    mustChangePassword: person.mustChangePassword,
    createdAt: person.createdAt.toISOString(),
    lastSeenAt: person.sessions[0]?.lastSeenAt.toISOString() ?? null,
    certificates: person.certificates.map((row) => ({
      id: row.id,
      kind: certificateKindOf(row.kind),
      number: row.number,
      validFrom: dayOf(row.validFrom),
      validTo: dayOf(row.validTo),
      createdBy: row.createdBy === null ? null : (nameOf.get(row.createdBy) ?? row.createdBy),
      createdAt: row.createdAt.toISOString(),
      withdrawn:
        row.withdrawnAt === null
          ? null
          : {
              at: row.withdrawnAt.toISOString(),
              by: nameOf.get(row.withdrawnBy ?? "") ?? "",
              reason: row.withdrawnReason ?? "",
            },
    })),
    qualification: certificateState(termsOf(person), today),
  }));
}
