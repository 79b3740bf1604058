import type { DockDropCause } from "./drops.ts";
import { dockLimits } from "./limits.ts";
import { type Envelope, envelopeSchema, pushSchema } from "./messages.ts";
import { type DataOf, type DockMethod, dockMethods, isDockMethod } from "./methods.ts";
import { readTopic, type TopicKind } from "./topics.ts";

/** A method with what it carries. */
export type Call = { [M in DockMethod]: { readonly method: M; readonly data: DataOf<M> } }[DockMethod];

export type ReadMessage =
  | {
      readonly kind: "call";
      readonly sn: string;
      readonly topic: TopicKind;
      readonly envelope: Envelope;
      readonly call: Call;
    }
  | {
      readonly kind: "push";
      readonly sn: string;
      readonly topic: "osd" | "state";
      readonly deviceMs: number | null;
      readonly data: Readonly<Record<string, unknown>>;
    }
  /** Leads to nothing. `envelope`: it can be answered. */
  | {
      readonly kind: "dropped";
      readonly sn: string;
      readonly topic: TopicKind;
      readonly cause: DockDropCause;
      readonly envelope: Envelope | null;
      /** For the log: what was unknown, never the content. */
      readonly detail: string | null;
    }
  | { readonly kind: "not_ours" };

/** Reads what came under a topic. Everything is hostile: nothing here throws, and nothing of a message that does not fit is used. */
export function readMessage(topic: string, payload: Uint8Array): ReadMessage {
  const found = readTopic(topic);
  if (found === null) return { kind: "not_ours" };
  const { sn, kind } = found;
  const drop = (cause: DockDropCause, envelope: Envelope | null = null, detail: string | null = null): ReadMessage => ({
    kind: "dropped",
    sn,
    topic: kind,
    cause,
    envelope,
    detail,
  });
  if (payload.length > dockLimits.messageBytesMax) return drop("too_large");
  const json = readJson(payload);
  if (json === undefined) return drop("not_json");
  if (kind === "osd" || kind === "state") {
    const push = pushSchema.safeParse(json);
    if (!push.success) return drop("malformed");
    return { kind: "push", sn, topic: kind, deviceMs: push.data.timestamp ?? null, data: push.data.data };
  }
  const parsed = envelopeSchema.safeParse(json);
  if (!parsed.success) return drop("malformed");
  const envelope = parsed.data;
  if (envelope.gateway !== undefined && envelope.gateway !== sn) return drop("wrong_gateway");
  const { method } = envelope;
  if (!isDockMethod(method, kind)) return drop("unknown_method", envelope, method);
  const data = dockMethods[method].data.safeParse(envelope.data);
  if (!data.success) return drop("bad_request", envelope, method);
  return { kind: "call", sn, topic: kind, envelope, call: { method, data: data.data } as Call };
}

function readJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}
