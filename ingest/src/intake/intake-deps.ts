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
  /** Below this much what may wait or be left out is refused first. */
  readonly lowFreeBytes: number;
  readonly log: Logger;
}

/** Who writes in the custody log when no person does. */
export const machine = { kind: "machine", id: "ingest", name: "ingest" } as const;
