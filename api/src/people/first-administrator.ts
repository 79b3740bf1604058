import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@mingcha/infra/db";
import { generatePassword, hashPassword } from "./passwords.ts";

export const firstPasswordFile = (dataFolder: string): string => join(dataFolder, "first-administrator");

/**
 * Without demo accounts somebody must be able to sign in first: one administrator with a generated password, returned once. It has to be
 * changed at the first sign-in.
 * @param file where the password is written, readable by its owner alone, before the account exists: a kill in between loses neither. Null: nowhere.
 */
export async function seedFirstAdministrator(db: Database, file: string | null): Promise<string | null> {
  if ((await db.person.count({ where: { demo: false } })) > 0) return null;
  const password = generatePassword();
  if (file !== null) await writeFile(file, `administrator ${password}\n`, { mode: 0o600 });
  await db.person.create({
    data: {
      login: "administrator",
      name: "系统管理员",
      duties: ["administrator"],
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
    },
  });
  return password;
}
