import {
  type Answer,
  type Call,
  type DockMethod,
  dockDropCauses,
  dockMethods,
  type Envelope,
  type ReadMessage,
  type ResultCode,
  readMessage,
  replyTo,
  replyTopicOf,
  resultCodes,
  type TopicKind,
} from "@mingcha/models/dock";
import type { DockDeps } from "./dock-deps.ts";
import { type Asked, findDock } from "./known-dock.ts";
import { handlers } from "./methods/index.ts";
import { noteDrop, noteHeard } from "./note-heard.ts";
import type { Pushes } from "./note-push.ts";

export type Handled =
  | { readonly kind: "reply"; readonly topic: string; readonly message: object }
  | { readonly kind: "silent" }
  /** Nobody registered this dock: it should not be listened to. */
  | { readonly kind: "stranger" };

/**
 * One message of a dock. What it asks for is done in the database before this resolves, and doing it twice changes nothing: a broker brings a
 * message again whose machine was lost. Throws only where the surroundings fail.
 */
export async function handleMessage(
  deps: DockDeps,
  pushes: Pushes,
  topic: string,
  payload: Uint8Array,
  isLive: boolean,
): Promise<Handled> {
  const read = readMessage(topic, payload);
  if (read.kind === "not_ours") return { kind: "silent" };
  const dock = await findDock(deps, read.sn, read.topic);
  if (dock === null) {
    deps.log.warn({ sn: read.sn, topic: read.topic }, "a dock that is not registered spoke; nothing is done");
    return { kind: "stranger" };
  }
  if (read.kind === "push") {
    await pushes.note(dock, read, isLive);
    return { kind: "silent" };
  }
  await noteHeard(deps, dock.sn);
  if (read.kind === "dropped") return dropped(deps, dock.sn, read);
  const asked: Asked = { dock, envelope: read.envelope };
  const { method } = read.call;
  if (dockMethods[method].needs === "bound" && dock.sourceId === null) {
    await noteDrop(deps, dock.sn, "not_bound");
    if (method === "storage_config_get")
      await deps.db.dockStanding.updateMany({ where: { sn: dock.sn }, data: { credentialsReason: "not_bound" } });
    return reply(deps, dock.sn, read.topic, read.envelope, method, { result: "not_bound" });
  }
  const answer = await handle(deps, asked, read.call);
  if (isDropCause(answer.result)) await noteDrop(deps, dock.sn, answer.result);
  return reply(deps, dock.sn, read.topic, read.envelope, method, answer);
}

function handle<M extends DockMethod>(deps: DockDeps, asked: Asked, call: Call & { method: M }): Promise<Answer> {
  const handler = handlers[call.method] as (deps: DockDeps, asked: Asked, data: unknown) => Promise<Answer>;
  return handler(deps, asked, call.data);
}

async function dropped(
  deps: DockDeps,
  sn: string,
  { cause, envelope, topic, detail }: Extract<ReadMessage, { kind: "dropped" }>,
): Promise<Handled> {
  await noteDrop(deps, sn, cause);
  deps.log.warn({ sn, topic, cause, detail }, "message of a dock leads to nothing");
  if (envelope === null || !dockDropCauses[cause].isRefusal || !isResult(cause)) return { kind: "silent" };
  return reply(deps, sn, topic, envelope, null, { result: cause });
}

/** Null method: one that is not known is told so whether it asked or not. */
function reply(
  { now }: Pick<DockDeps, "now">,
  sn: string,
  topic: TopicKind,
  envelope: Envelope,
  method: DockMethod | null,
  answer: Answer,
): Handled {
  const replyTopic = replyTopicOf(topic, sn);
  const wish = method === null ? "always" : dockMethods[method].reply;
  if (replyTopic === null || wish === "never" || (wish === "asked" && envelope.need_reply === 0))
    return { kind: "silent" };
  return { kind: "reply", topic: replyTopic, message: replyTo(envelope, answer, now().getTime()) };
}

const isResult = (cause: string): cause is ResultCode => Object.hasOwn(resultCodes, cause);
const isDropCause = (result: ResultCode): result is ResultCode & keyof typeof dockDropCauses =>
  Object.hasOwn(dockDropCauses, result);
