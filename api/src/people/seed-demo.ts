import type { Database } from "@mingcha/infra/db";
import type { Duty } from "@mingcha/models";
import { hashPassword } from "./passwords.ts";

/** One account per duty, two handlers, and two reviewers of each kind so that separation of duties can be tried out. */
export const demoPeople: readonly { login: string; name: string; duties: Duty[]; badgeNo: string | null }[] = [
  { login: "monitor", name: "钱值班", duties: ["monitor"], badgeNo: null },
  { login: "pilot", name: "孙飞手", duties: ["pilot"], badgeNo: null },
  { login: "tech", name: "李技审", duties: ["technical_reviewer"], badgeNo: "DEMO-1001" },
  { login: "legal", name: "周法审", duties: ["legal_reviewer"], badgeNo: "DEMO-1002" },
  { login: "both", name: "吴双证", duties: ["technical_reviewer", "legal_reviewer"], badgeNo: "DEMO-1003" },
  { login: "handler1", name: "郑承办", duties: ["handler"], badgeNo: "DEMO-1004" },
  { login: "handler2", name: "王承办", duties: ["handler"], badgeNo: "DEMO-1005" },
  { login: "head", name: "冯局长", duties: ["head"], badgeNo: "DEMO-1006" },
  { login: "auditor", name: "陈监督", duties: ["auditor"], badgeNo: null },
  { login: "admin", name: "管理员", duties: ["administrator"], badgeNo: null },
];

/** Makes the demo accounts once. They share a password that the supervisor generated for this installation and prints. */
export async function seedDemoPeople(db: Database, password: string, today: Date): Promise<void> {
  if ((await db.person.count({ where: { demo: true } })) >= demoPeople.length) return;
  const passwordHash = await hashPassword(password);
  const term = {
    validFrom: new Date(Date.UTC(today.getUTCFullYear() - 1, 0, 1)),
    validTo: new Date(Date.UTC(today.getUTCFullYear() + 3, 11, 31)),
  };
  for (const person of demoPeople) {
    // who reviews the law holds both
    const held = [
      ...(person.badgeNo === null ? [] : [{ kind: "enforcement", number: person.badgeNo, ...term }]),
      ...(person.duties.includes("legal_reviewer") ? [{ kind: "legal", number: `${person.badgeNo}-L`, ...term }] : []),
    ];
    const certificates = held.length === 0 ? {} : { certificates: { create: held } };
    await db.person.upsert({
      where: { login: person.login },
      update: {},
      create: { ...person, ...certificates, passwordHash, demo: true },
    });
  }
}

/** Demo accounts end with the demo: without it nobody can sign in to one, and their sessions close. */
export async function disableDemoPeople(db: Database, now: Date): Promise<void> {
  await db.person.updateMany({ where: { demo: true, disabledAt: null }, data: { disabledAt: now } });
}

export async function enableDemoPeople(db: Database): Promise<void> {
  await db.person.updateMany({ where: { demo: true }, data: { disabledAt: null } });
}
