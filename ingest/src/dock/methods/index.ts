import type { Answer, DataOf, DockMethod } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import type { Asked } from "../known-dock.ts";
import { answerBindStatus, answerOrganization, bindOrganization } from "./bind.ts";
import { answerConfig } from "./config.ts";
import { noteFlightProgress, notePriorityUpload, noteServiceReply } from "./flights.ts";
import { issueStorage } from "./issue-storage.ts";
import { noteTopology } from "./note-topology.ts";
import { noteUpload } from "./note-upload.ts";

type Handlers = { readonly [M in DockMethod]: (deps: DockDeps, asked: Asked, data: DataOf<M>) => Promise<Answer> };

/** What is done about each method of a dock. */
export const handlers: Handlers = {
  update_topo: noteTopology,
  config: answerConfig,
  airport_bind_status: answerBindStatus,
  airport_organization_get: answerOrganization,
  airport_organization_bind: bindOrganization,
  storage_config_get: issueStorage,
  file_upload_callback: noteUpload,
  highest_priority_upload_flighttask_media: notePriorityUpload,
  flighttask_progress: noteFlightProgress,
  upload_flighttask_media_prioritize: noteServiceReply,
};
