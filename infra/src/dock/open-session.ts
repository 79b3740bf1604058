import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { LinkReason } from "@mingcha/models/dock";
import { retryDelayMs } from "@mingcha/models/streams";
import { connect, type IPublishPacket, type MqttClient } from "mqtt";

export interface SessionOptions {
  readonly url: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** File with the authority of the broker's certificate; undefined: public ones. */
  readonly caFile: string | undefined;
  /** Name under which the broker keeps the session while nobody is connected. */
  readonly clientId: string;
}

export interface SessionHandlers {
  /** Acknowledged to the broker when it resolves; a rejection leaves the message with the broker, which brings it again. */
  readonly onMessage: (
    topic: string,
    payload: Buffer,
    packet: { isRetained: boolean; isRepeated: boolean },
  ) => Promise<void>;
  readonly onState: (state: "connecting" | "connected" | "lost", reason: LinkReason | null) => void;
}

export interface BrokerSession {
  /**
   * Sends, with at least one delivery, across a lost connection too. Not waited for: what the broker answers is read only after the message that
   * is being handled.
   */
  readonly publish: (topic: string, message: object) => void;
  /** Makes the subscriptions these and no other: what a former life of the session had besides is left. */
  readonly follow: (topics: ReadonlyMap<string, 0 | 1>) => Promise<void>;
  /** The broker should send nothing of this any more. */
  readonly leave: (topic: string) => void;
  /** The session stays at the broker: what comes meanwhile waits there. */
  readonly close: () => Promise<void>;
}

/** Messages wait at the broker for so long while no machine is connected. */
const sessionS = 24 * 3_600;
/** Larger ones the broker keeps to itself; smaller ones are still measured here. */
const packetBytesMax = 4 * 1024 * 1024;
/** For taking leave of it. */
const endMs = 2_000;

/** One MQTT 5 connection that comes back by itself, with growing waits, under a session that the broker keeps. */
export function openBrokerSession(options: SessionOptions, handlers: SessionHandlers): BrokerSession {
  let isClosed = false;
  let attempts = 0;
  let reason: LinkReason | null = null;
  let timer: NodeJS.Timeout | undefined;
  let wanted: ReadonlyMap<string, 0 | 1> = new Map();
  let followed = new Map<string, 0 | 1>();
  handlers.onState("connecting", null);
  const client: MqttClient = connect(options.url, {
    protocolVersion: 5,
    clientId: options.clientId,
    clean: false,
    keepalive: 30,
    connectTimeout: 10_000,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    properties: { sessionExpiryInterval: sessionS, maximumPacketSize: packetBytesMax, receiveMaximum: 20 },
    ...(options.user === undefined ? {} : { username: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.caFile === undefined ? {} : { ca: readFileSync(options.caFile) }),
  });

  // The acknowledgement goes out after this: a message is done with when it is in the database, not when it arrived.
  client.handleMessage = (packet: IPublishPacket, done) => {
    const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
    handlers.onMessage(packet.topic, payload, { isRetained: packet.retain, isRepeated: packet.dup }).then(
      () => done(),
      (error: unknown) => {
        // an error here leaves out the acknowledgement: the broker brings it again, on a new connection
        client.stream.destroy();
        done(error instanceof Error ? error : new Error(String(error)));
      },
    );
  };
  client.on("connect", (connack) => {
    attempts = 0;
    reason = null;
    if (!connack.sessionPresent) followed = new Map();
    handlers.onState("connected", null);
    void apply().catch(() => client.stream.destroy());
  });
  client.on("error", (error) => {
    reason = reasonOf(error);
  });
  client.on("disconnect", (packet) => {
    reason = packet.reasonCode === 0x8e ? "taken_over" : "closed";
  });
  client.on("close", () => {
    if (isClosed) return;
    // who took it over has the lease by now: time to hear of it before coming back
    attempts = Math.max(attempts + 1, reason === "taken_over" ? 4 : 1);
    handlers.onState("lost", reason ?? "closed");
    clearTimeout(timer);
    timer = setTimeout(() => client.reconnect(), retryDelayMs(attempts, reason === "not_authorised", Math.random()));
  });

  async function apply(): Promise<void> {
    if (!client.connected) return;
    const stale = [...followed.keys()].filter((topic) => wanted.get(topic) !== followed.get(topic));
    if (stale.length > 0) await client.unsubscribeAsync(stale);
    for (const topic of stale) followed.delete(topic);
    for (const [topic, qos] of wanted) {
      if (followed.has(topic)) continue;
      const [grant] = await client.subscribeAsync(topic, { qos, rh: 2 });
      if (grant !== undefined && grant.qos < 3) followed.set(topic, qos);
    }
  }

  return {
    publish: (topic, message) => {
      client.publish(topic, JSON.stringify(message), { qos: 1 });
    },
    follow: async (topics) => {
      wanted = topics;
      await apply();
    },
    leave: (topic) => {
      if (client.connected) client.unsubscribe(topic);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      // a broker that answers nothing any more holds up no stop: what it has not acknowledged the docks ask for again
      const left = client.endAsync(!client.connected).catch(() => undefined);
      await Promise.race([left, sleep(endMs, undefined, { ref: false })]);
      client.stream.destroy();
    },
  };
}

/** MQTT 5: 0x86 bad user name or password, 0x87 not authorised. */
function reasonOf(error: Error & { code?: number | string }): LinkReason {
  if (error.code === 0x86 || error.code === 0x87 || error.code === 4 || error.code === 5) return "not_authorised";
  if (/certificate|self.signed|CERT_|altname/i.test(`${error.code} ${error.message}`)) return "certificate";
  return "unreachable";
}
