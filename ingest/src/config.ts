import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  ConfigError,
  type Environment,
  readEnvironment,
  readServices,
  repoRoot,
  type Services,
} from "@mingcha/infra/config";
import { z } from "zod";

export interface IngestConfig {
  readonly environment: Environment;
  readonly services: Services;
  readonly folders: Folders;
}

/** Where files wait, and where refused ones are kept. */
export interface Folders {
  readonly data: string;
  /** Finished browser uploads: one file per upload id, written by the api. */
  readonly uploads: string;
  readonly inbox: string;
  readonly quarantine: string;
  /** Demo footage that ships with the product. */
  readonly demo: string;
}

export function foldersOf(environment: Pick<Environment, "MINGCHA_DATA" | "MINGCHA_WATCH_DIR">): Folders {
  const data = environment.MINGCHA_DATA;
  return {
    data,
    uploads: join(data, "staging", "uploads"),
    inbox: environment.MINGCHA_WATCH_DIR ?? join(data, "inbox"),
    quarantine: join(data, "quarantine"),
    demo: join(repoRoot, "models", "demo"),
  };
}

/** Configuration of the ingest process, whose services the supervisor has started. */
export function readIngestConfig(): IngestConfig {
  const environment = readEnvironment();
  return { environment, services: readServices(environment), folders: foldersOf(environment) };
}

const servicesFileSchema = z.object({ databaseUrl: z.string().min(1), redisUrl: z.string().min(1).nullish() });

/** Configuration of a command typed beside a running system, which is found through the file its supervisor wrote. */
export function readCommandConfig(): IngestConfig {
  const environment = readEnvironment();
  const file = join(environment.MINGCHA_DATA, "services.json");
  return { environment, services: findServices(environment, file), folders: foldersOf(environment) };
}

function findServices(environment: Environment, file: string): Services {
  if (!existsSync(file)) {
    if (environment.DATABASE_URL !== undefined) return readServices(environment);
    throw new ConfigError(`Mingcha is not running (there is no ${file}); start it with "npm start" first.`);
  }
  let parsed: ReturnType<typeof servicesFileSchema.safeParse>;
  try {
    parsed = servicesFileSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new ConfigError(`${file} cannot be read; restart Mingcha with "npm start".`);
  }
  if (!parsed.success) throw new ConfigError(`${file} does not say where the database is; restart Mingcha.`);
  return { databaseUrl: parsed.data.databaseUrl, redisUrl: parsed.data.redisUrl ?? undefined };
}

/** A path as typed: npm changes into the repository first and keeps the caller's folder in INIT_CWD. */
export function callerPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
