import type { z } from "zod";
import {
  bindStatusRequestSchema,
  configRequestSchema,
  flightProgressSchema,
  organizationBindSchema,
  organizationGetSchema,
  priorityUploadSchema,
  serviceReplySchema,
  storageRequestSchema,
  updateTopoSchema,
  uploadCallbackSchema,
} from "./messages.ts";
import type { TopicKind } from "./topics.ts";

interface MethodRow {
  readonly topic: TopicKind;
  /** Of `data`. */
  readonly data: z.ZodType;
  /** `asked`: only where the message has `need_reply` 1. */
  readonly reply: "always" | "asked" | "never";
  /** `known`: a dock that was registered and switched on. `bound`: one that has a source besides. */
  readonly needs: "known" | "bound";
}

/** Every method that is understood. Others get a reply that says so, and are counted. */
export const dockMethods = {
  update_topo: { topic: "status", data: updateTopoSchema, reply: "always", needs: "known" },
  config: { topic: "requests", data: configRequestSchema, reply: "always", needs: "known" },
  airport_bind_status: { topic: "requests", data: bindStatusRequestSchema, reply: "always", needs: "known" },
  airport_organization_get: { topic: "requests", data: organizationGetSchema, reply: "always", needs: "known" },
  airport_organization_bind: { topic: "requests", data: organizationBindSchema, reply: "always", needs: "known" },
  storage_config_get: { topic: "requests", data: storageRequestSchema, reply: "always", needs: "bound" },
  file_upload_callback: { topic: "events", data: uploadCallbackSchema, reply: "asked", needs: "bound" },
  highest_priority_upload_flighttask_media: {
    topic: "events",
    data: priorityUploadSchema,
    reply: "asked",
    needs: "known",
  },
  flighttask_progress: { topic: "events", data: flightProgressSchema, reply: "asked", needs: "known" },
  // sent by us (`thing/product/{sn}/services`); this is what comes back
  upload_flighttask_media_prioritize: {
    topic: "services_reply",
    data: serviceReplySchema,
    reply: "never",
    needs: "known",
  },
} as const satisfies Record<string, MethodRow>;
export type DockMethod = keyof typeof dockMethods;
export type DataOf<M extends DockMethod> = z.output<(typeof dockMethods)[M]["data"]>;

export const isDockMethod = (method: string, topic: TopicKind): method is DockMethod =>
  Object.hasOwn(dockMethods, method) && dockMethods[method as DockMethod].topic === topic;
