// node infra/deploy/make-secrets.mjs: makes what infra/deploy/secrets lacks, for compose.yaml. What is there stays. Plain Node, prints no value.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL("secrets/", import.meta.url)));
mkdirSync(folder, { recursive: true });
// The folder keeps others out; the files are read by the containers' own users (10001, 999).
chmodSync(folder, 0o700);

/** @returns the value, made where there was none. `mode`: who may write it later. */
function keep(name, make, mode = 0o444) {
  const file = join(folder, name);
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const value = make();
  writeFileSync(file, `${value}\n`, { mode, flag: "wx" });
  process.stdout.write(`made ${file}\n`);
  return value;
}

const word = () => randomBytes(24).toString("base64url");
const database = keep("postgres_password", word);
keep("database_url", () => `postgresql://mingcha:${database}@postgres:5432/mingcha`);
const [, queue] = keep("valkey_conf", () => `requirepass ${word()}`).split(" ");
keep("redis_url", () => `redis://:${queue}@valkey:6379`);
keep("s3_access_key", () => `mingcha-${randomBytes(4).toString("hex")}`);
keep("s3_secret_key", word);
keep("mingcha_secret_key", () => randomBytes(32).toString("base64url"));
// What only others can give, to be filled in by hand where it is used; an empty one counts as not set.
for (const name of [
  "notify_token",
  "dock_mqtt_password",
  "dock_s3_access_key",
  "dock_s3_secret_key",
  "dock_app_key",
  "dock_app_license",
])
  keep(name, () => "", 0o644);
