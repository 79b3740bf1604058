import { createHash, randomUUID } from "node:crypto";
import { Client } from "minio";
import { connectAsync, type MqttClient } from "mqtt";

interface Reply {
  readonly tid: string;
  readonly bid: string;
  readonly method: string;
  readonly data: {
    readonly result: number;
    readonly output?: Record<string, unknown>;
    readonly [key: string]: unknown;
  };
}

export interface DockCredentials {
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly object_key_prefix: string;
  readonly credentials: {
    readonly access_key_id: string;
    readonly access_key_secret: string;
    readonly security_token: string;
    readonly expire: number;
  };
}

export interface ScriptedDock {
  readonly sn: string;
  /** Sends a method and waits for its reply; null where none comes in time. */
  readonly ask: (
    topic: "status" | "requests" | "events",
    method: string,
    data: unknown,
    more?: object,
  ) => Promise<Reply | null>;
  /** Sends bytes under any topic, as they are. */
  readonly send: (topic: string, payload: string | Buffer, qos?: 0 | 1) => Promise<void>;
  readonly getCredentials: () => Promise<DockCredentials>;
  readonly push: (topic: "osd" | "state", data: object, deviceMs: number) => Promise<void>;
  /** Messages that reached it. */
  readonly heard: () => number;
  readonly close: () => Promise<void>;
}

/** A dock as ingest note §3 tells: it asks, uploads with what it was given, and reports. No hardware was at hand. */
export async function startScriptedDock(
  url: string,
  account: { readonly user: string; readonly password: string },
  sn: string,
  replyMs = 8_000,
): Promise<ScriptedDock> {
  const client: MqttClient = await connectAsync(url, {
    protocolVersion: 5,
    clientId: sn,
    username: account.user,
    password: account.password,
    reconnectPeriod: 500,
  });
  client.on("error", () => undefined);
  const waiting = new Map<string, (reply: Reply) => void>();
  let heard = 0;
  client.on("message", (_topic, payload) => {
    heard += 1;
    const reply = JSON.parse(payload.toString()) as Reply;
    waiting.get(reply.tid)?.(reply);
  });
  await client.subscribeAsync(
    [`sys/product/${sn}/status_reply`, `thing/product/${sn}/requests_reply`, `thing/product/${sn}/events_reply`],
    { qos: 1 },
  );
  const topicOf = (topic: string) => (topic === "status" ? `sys/product/${sn}/status` : `thing/product/${sn}/${topic}`);
  const ask: ScriptedDock["ask"] = async (topic, method, data, more = {}) => {
    const tid = randomUUID();
    const reply = new Promise<Reply | null>((done) => {
      const timer = setTimeout(() => done(null), replyMs);
      waiting.set(tid, (found) => {
        clearTimeout(timer);
        done(found);
      });
    });
    const message = { tid, bid: randomUUID(), timestamp: Date.now(), gateway: sn, method, data, ...more };
    await client.publishAsync(topicOf(topic), JSON.stringify(message), { qos: 1 });
    return reply;
  };
  return {
    sn,
    ask,
    send: async (topic, payload, qos = 1) => {
      await client.publishAsync(topic, payload, { qos });
    },
    getCredentials: async () => {
      const reply = await ask("requests", "storage_config_get", { module: 0 });
      if (reply?.data.result !== 0) throw new Error(`no credentials: ${JSON.stringify(reply?.data)}`);
      return reply.data.output as unknown as DockCredentials;
    },
    push: async (topic, data, deviceMs) => {
      const message = { tid: randomUUID(), bid: randomUUID(), timestamp: deviceMs, gateway: sn, data };
      await client.publishAsync(`thing/product/${sn}/${topic}`, JSON.stringify(message), { qos: 0 });
    },
    heard: () => heard,
    close: async () => {
      await client.endAsync(true);
    },
  };
}

/** A client of the store with what a dock was given, and nothing else. */
export function clientOf({ endpoint, region, credentials }: DockCredentials): Client {
  const { hostname, port } = new URL(endpoint);
  return new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    region,
    accessKey: credentials.access_key_id,
    secretKey: credentials.access_key_secret,
    sessionToken: credentials.security_token,
  });
}

const partBytes = 5 * 1024 * 1024;

/** Uploads in parts, each with one request, as docks do (the minio client's own upload lists other uploads first, which a dock may not). */
export async function uploadInParts(given: DockCredentials, key: string, bytes: Buffer): Promise<void> {
  const client = clientOf(given);
  const uploadId = await client.initiateNewMultipartUpload(given.bucket, key, {});
  const parts: { part: number; etag: string }[] = [];
  for (let from = 0, part = 1; from < bytes.length; from += partBytes, part += 1) {
    const piece = bytes.subarray(from, from + partBytes);
    const url = await client.presignedUrl("PUT", given.bucket, key, 600, { partNumber: String(part), uploadId });
    const answer = await fetch(url, { method: "PUT", body: new Uint8Array(piece) });
    if (!answer.ok) throw new Error(`part ${part}: ${answer.status}`);
    parts.push({ part, etag: (answer.headers.get("etag") ?? "").replaceAll('"', "") });
  }
  await client.completeMultipartUpload(given.bucket, key, uploadId, parts);
}

/** What a dock says of a file. */
export const callbackOf = (
  key: string,
  more: {
    readonly metadata?: object;
    readonly size?: number;
    readonly expected?: number;
    readonly flightId?: string;
  } = {},
) => ({
  file: {
    object_key: key,
    path: "",
    name: key.split("/").at(-1),
    ext: {
      flight_id: more.flightId ?? key.split("/")[2],
      drone_model_key: "0-91-0",
      payload_model_key: "1-80-0",
      is_original: true,
    },
    ...(more.metadata === undefined ? {} : { metadata: more.metadata }),
    ...(more.size === undefined ? {} : { size: more.size }),
    cloud_to_cloud_id: "DEFAULT",
  },
  ...(more.expected === undefined
    ? {}
    : { flight_task: { expected_file_count: more.expected, uploaded_file_count: 1, flight_type: 0 } }),
});

export const sha256Of = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
