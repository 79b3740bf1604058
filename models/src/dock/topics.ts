import { isSerial } from "./serial.ts";

/** Topics of DJI's Cloud API by their last word; `{sn}` is the serial number of the dock, or of its aircraft for osd and state. */
export const topicKinds = {
  status: { pattern: "sys/product/{sn}/status", reply: "sys/product/{sn}/status_reply", qos: 1 },
  requests: { pattern: "thing/product/{sn}/requests", reply: "thing/product/{sn}/requests_reply", qos: 1 },
  events: { pattern: "thing/product/{sn}/events", reply: "thing/product/{sn}/events_reply", qos: 1 },
  services_reply: { pattern: "thing/product/{sn}/services_reply", reply: null, qos: 1 },
  // twice a second: one that is lost is followed by the next, and none may wait at the broker and come late (clock)
  osd: { pattern: "thing/product/{sn}/osd", reply: null, qos: 0 },
  state: { pattern: "thing/product/{sn}/state", reply: null, qos: 0 },
} as const satisfies Record<string, { pattern: string; reply: string | null; qos: 0 | 1 }>;
export type TopicKind = keyof typeof topicKinds;
const kinds = Object.keys(topicKinds) as TopicKind[];

/** What we send to a dock. */
export const servicesTopic = (sn: string): string => `thing/product/${sn}/services`;

export const topicOf = (kind: TopicKind, sn: string): string => topicKinds[kind].pattern.replace("{sn}", sn);
export const replyTopicOf = (kind: TopicKind, sn: string): string | null =>
  topicKinds[kind].reply?.replace("{sn}", sn) ?? null;

/** Serial number and kind of a topic; null: none of ours. */
export function readTopic(topic: string): { readonly kind: TopicKind; readonly sn: string } | null {
  const [, , sn = ""] = topic.split("/");
  if (!isSerial(sn)) return null;
  const kind = kinds.find((one) => topicOf(one, sn) === topic);
  return kind === undefined ? null : { kind, sn };
}

/** Everything that is heard of one dock, topic by topic: nothing is subscribed by a wildcard. */
export function topicsOf(dock: { readonly sn: string; readonly aircraftSn: string | null }): Map<string, 0 | 1> {
  const own = kinds.map((kind): [string, 0 | 1] => [topicOf(kind, dock.sn), topicKinds[kind].qos]);
  const { aircraftSn } = dock;
  const aircraft = (["osd", "state"] as const).map((kind): [string, 0 | 1] => [
    topicOf(kind, aircraftSn ?? ""),
    topicKinds[kind].qos,
  ]);
  return new Map(aircraftSn === null ? own : [...own, ...aircraft]);
}
