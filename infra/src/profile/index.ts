import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Profile, parseProfile } from "@mingcha/models/profile";
import { ConfigError, repoRoot } from "../config/index.ts";

const shipped = fileURLToPath(new URL("../../profiles/", import.meta.url));

/** Reads a bureau profile by the id of a shipped one or by path. A wrong file stops the start with one sentence. */
export function loadProfile(idOrPath: string): Profile {
  const file = [resolve(shipped, `${idOrPath}.json`), resolve(repoRoot, idOrPath)].find((candidate) =>
    existsSync(candidate),
  );
  if (file === undefined) throw new ConfigError(`There is no bureau profile "${idOrPath}" (MINGCHA_PROFILE).`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new ConfigError(`The bureau profile ${file} is not valid JSON.`);
  }
  const parsed = parseProfile(value);
  if (parsed.kind === "wrong") throw new ConfigError(`${parsed.sentence} (${file})`);
  return parsed.profile;
}
