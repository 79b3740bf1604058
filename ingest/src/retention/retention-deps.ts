import type { Database } from "@mingcha/infra/db";
import type { Logger } from "@mingcha/infra/log";
import type { ObjectStore } from "@mingcha/infra/storage";
import type { RetentionSettings } from "@mingcha/models/retention";
import type { Folders } from "../config.ts";

/** A share of the recordings and pictures that are kept, or so many where that is more. */
export interface MostPerDay {
  readonly share: number;
  readonly items: number;
}

/** What deleting on time needs of the world. */
export interface RetentionDeps {
  readonly db: Database;
  readonly store: ObjectStore;
  readonly folders: Folders;
  readonly settings: RetentionSettings;
  /** Name of this machine, for certificates and samples of free space. */
  readonly machine: string;
  /** This machine's clock; inside a run, the one instant it deletes by. */
  readonly now: () => Date;
  readonly databaseNow: () => Promise<Date>;
  /** Most that goes in 24 hours, by all machines together. */
  readonly mostPerDay: MostPerDay;
  readonly log: Logger;
}
