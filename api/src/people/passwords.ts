import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** argon2id with 64 MiB, 3 passes, 1 lane: about a tenth of a second, chosen so that guessing is dear (OWASP ASVS 5.0 V11). */
const cost = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** A hash that matches nothing, so that an unknown login costs the same time as a wrong password. */
let decoy: Promise<string> | undefined;

export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(`no such person ${Math.random()}`);
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== undefined && matches;
}

/** Letters and digits that nobody mistakes for one another when they are read out or copied by hand. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to hand out once: four groups of four, about 79 bits. */
export function generatePassword(): string {
  const pick = () => letters[randomInt(letters.length)] ?? "";
  const group = () => Array.from({ length: 4 }, pick).join("");
  return [group(), group(), group(), group()].join("-");
}
