import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const schema = z.object({
  /** Shared by the demo accounts of this installation; loopback only, made at first start. */
  demoPassword: z.string(),
  /** Passwords of live sources are kept under it (infra/src/streams). Lost: they have to be typed in again. */
  secretKey: z.string(),
});
export type Secrets = Readonly<z.infer<typeof schema>>;

/** Secrets of this installation, made once, readable by its owner alone. One that an older version did not know is added. */
export function readSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, "secrets.json");
  const known = existsSync(file) ? schema.partial().parse(JSON.parse(readFileSync(file, "utf8"))) : {};
  const secrets: Secrets = {
    demoPassword: known.demoPassword ?? randomBytes(9).toString("base64url"),
    secretKey: known.secretKey ?? randomBytes(32).toString("base64url"),
  };
  if (known.demoPassword === undefined || known.secretKey === undefined) {
    // whole or not at all: half a file would lose what was in it
    writeFileSync(`${file}.part`, JSON.stringify(secrets), { mode: 0o600 });
    renameSync(`${file}.part`, file);
  }
  return secrets;
}
