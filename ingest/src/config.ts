import { join, resolve } from "node:path";
import {
  type Environment,
  findRunningServices,
  readEnvironment,
  readServices,
  repoRoot,
  type Services,
} from "@mingcha/infra/config";

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
  /** Parts of live sources until they are stored. */
  readonly live: string;
  /** Objects of drone docks between the upload bucket and the store. */
  readonly docks: string;
  readonly quarantine: string;
  /** Demo footage that ships with the product. */
  readonly demo: string;
}

export function foldersOf(environment: Pick<Environment, "MINGCHA_DATA" | "MINGCHA_WATCH_DIR">): Folders {
  const data = environment.MINGCHA_DATA;
  return {
    data,
    uploads: join(data, "staging", "uploads"),
    live: join(data, "staging", "live"),
    docks: join(data, "staging", "docks"),
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

/** Configuration of a command typed beside a running system, which is found through the file its supervisor wrote. */
export function readCommandConfig(): IngestConfig {
  const environment = readEnvironment();
  return { environment, services: findRunningServices(environment), folders: foldersOf(environment) };
}

/** A path as typed: npm changes into the repository first and keeps the caller's folder in INIT_CWD. */
export function callerPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
