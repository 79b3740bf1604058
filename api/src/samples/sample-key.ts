import { createHash, createHmac, randomBytes } from "node:crypto";
import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { z } from "zod";

const settingKey = "statistics.sampleSecret";
const secretSchema = z.object({ hex: z.string().regex(/^[0-9a-f]{64}$/) });

/**
 * The secret from which every drawing's key comes, made once. Its SHA-256 goes into the custody log then: nobody can put another secret
 * in its place later, and nobody who lacks it can tell what will be drawn.
 */
export async function loadSecret(tx: DatabaseOrTransaction): Promise<Buffer> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${settingKey}, 0))`;
  const known = await tx.setting.findUnique({ where: { key: settingKey } });
  if (known !== null) return Buffer.from(secretSchema.parse(known.value).hex, "hex");
  const secret = randomBytes(32);
  await tx.setting.create({ data: { key: settingKey, value: { hex: secret.toString("hex") } } });
  await appendCustody(tx, {
    action: "sample.key_made",
    subject: "statistics:samples",
    actor: { kind: "machine", id: "api", name: "api" },
    detail: { sha256: createHash("sha256").update(secret).digest("hex") },
  });
  return secret;
}

/** Key of the drawing of one source and day, hex: HMAC-SHA256(secret, "source|day"). Told after the drawing, so that it can be done again. */
export const keyOfDraw = (secret: Uint8Array, sourceId: string, day: string): string =>
  createHmac("sha256", secret).update(`${sourceId}|${day}`).digest("hex");

/** Place of a thing in the order of a key: SHA-256(key ‖ name), as PostgreSQL computes it for looks. */
export const rankOf = (keyHex: string, name: string): string =>
  createHash("sha256").update(Buffer.from(keyHex, "hex")).update(name).digest("hex");
