import type { Database } from "@mingcha/infra/db";
import type { Logger } from "@mingcha/infra/log";
import type { ObjectStore } from "@mingcha/infra/storage";
import type { RetentionSettings } from "@mingcha/models/retention";
import type { Folders } from "../config.ts";

/** What deleting on time needs of the world. */
export interface RetentionDeps {
  readonly db: Database;
  readonly store: ObjectStore;
  readonly folders: Folders;
  readonly settings: RetentionSettings;
  /** Name of this machine, for certificates and samples of free space. */
  readonly machine: string;
  readonly now: () => Date;
  readonly log: Logger;
}
