import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** Key of an installation from its text (`MINGCHA_SECRET_KEY`): 32 bytes in base64url. */
export function readSecretKey(text: string): Buffer {
  const key = Buffer.from(text, "base64url");
  if (key.length !== 32) throw new Error("MINGCHA_SECRET_KEY has to be 32 bytes in base64url");
  return key;
}

/**
 * Encrypts a short secret for the database. `owner` is bound in: a box moved to another row does not open there.
 * @returns base64url of initialisation vector, tag and cipher text.
 */
export function sealSecret(key: Buffer, owner: string, secret: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(owner, "utf8"));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Opens a box. Throws where key, owner or a byte of it is another. */
export function openSecret(key: Buffer, owner: string, box: string): string {
  const bytes = Buffer.from(box, "base64url");
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes))
    .setAAD(Buffer.from(owner, "utf8"))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
}
