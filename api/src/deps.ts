import type { Environment } from "@mingcha/infra/config";
import type { Database } from "@mingcha/infra/db";
import type { ElevationFile } from "@mingcha/infra/elevation";
import type { Logger } from "@mingcha/infra/log";
import type { MediaTools } from "@mingcha/infra/media";
import type { Notifier } from "@mingcha/infra/notify";
import type { Queues } from "@mingcha/infra/queue";
import type { StillProcess } from "@mingcha/infra/stills";
import type { ObjectStore } from "@mingcha/infra/storage";
import type { TrialView } from "@mingcha/models/http";
import type { Profile } from "@mingcha/models/profile";
import type { LiveHub } from "./live/hub.ts";
import type { MapBaseSource } from "./monitoring/map-base.ts";
import type { Sheets } from "./objects/sheets/run-sheet.ts";
import type { TrialTask } from "./scenes/trial-task.ts";

/** Everything the API reaches the world through; built once in main.ts, or in a test. */
export interface Deps {
  readonly environment: Environment;
  readonly profile: Profile;
  readonly db: Database;
  /** For processes of their own, which open their own connection. */
  readonly databaseUrl: string;
  readonly store: ObjectStore;
  readonly queues: Pick<Queues, "ring">;
  readonly log: Logger;
  readonly notify: Notifier;
  readonly tools: MediaTools;
  /** Frames for looking, from a process of their own. */
  readonly renderStill: StillProcess["render"];
  readonly tryScene: (task: TrialTask) => Promise<TrialView>;
  /** Sheets read and written in processes of their own. */
  readonly sheets: Sheets;
  /** Open pages that are told what changes. */
  readonly live: Pick<LiveHub, "open" | "countOf" | "close">;
  readonly mapBase: MapBaseSource;
  /** Heights of the ground for places in drone pictures; null: no file is configured. */
  readonly elevation: ElevationFile | null;
  readonly now: () => Date;
}
