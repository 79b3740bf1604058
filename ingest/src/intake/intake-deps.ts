import type { Database } from "@mingcha/infra/db";
import type { Logger } from "@mingcha/infra/log";
import type { MediaTools } from "@mingcha/infra/media";
import type { Queues } from "@mingcha/infra/queue";
import type { ObjectStore } from "@mingcha/infra/storage";
import type { Folders } from "../config.ts";

/** What taking a file in needs of the world. */
export interface IntakeDeps {
  readonly db: Database;
  readonly store: ObjectStore;
  readonly queues: Pick<Queues, "ring">;
  readonly tools: MediaTools;
  readonly folders: Folders;
  /** Below this much free space nothing is stored. */
  readonly minFreeBytes: number;
  readonly log: Logger;
}

/** Who writes in the custody log when no person does. */
export const machine = { kind: "machine", id: "ingest", name: "ingest" } as const;
