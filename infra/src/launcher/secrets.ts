import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Secrets {
  /** Shared by the demo accounts of this installation; loopback only, made at first start. */
  readonly demoPassword: string;
}

/** Secrets of this installation, made once, readable by its owner alone. */
export function readSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, "secrets.json");
  if (!existsSync(file)) {
    const secrets: Secrets = { demoPassword: randomBytes(9).toString("base64url") };
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8")) as Secrets;
}
