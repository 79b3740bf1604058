import type { Environment } from "@mingcha/infra/config";
import type { Database } from "@mingcha/infra/db";
import type { Logger } from "@mingcha/infra/log";
import type { Queues } from "@mingcha/infra/queue";
import type { ObjectStore } from "@mingcha/infra/storage";
import type { Profile } from "@mingcha/models/profile";

/** Everything the API reaches the world through; built once in main.ts, or in a test. */
export interface Deps {
  readonly environment: Environment;
  readonly profile: Profile;
  readonly db: Database;
  readonly store: ObjectStore;
  readonly queues: Pick<Queues, "ring">;
  readonly log: Logger;
  readonly now: () => Date;
}
