import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../free-port.ts";
import { findProgram } from "../testing/find-program.ts";
import { accessLines, findMosquitto, type MqttBroker, startMosquitto } from "../testing/mosquitto.ts";
import { openLink } from "../testing/tcp-link.ts";
import { type BrokerSession, openBrokerSession } from "./open-session.ts";

const sn = "7CTDM3A00B1234";
const ours = { user: "mingcha", password: "ours" };
const dock = { user: "dock", password: "dock", sn };
const topic = `thing/product/${sn}/events`;

test("the rights under which docks are tried are those that infra/deploy/README.md asks for", () => {
  const lines = readFileSync(fileURLToPath(new URL("../../deploy/README.md", import.meta.url)), "utf8").split("\n");
  const dockLines = accessLines({ user: "dock-SERIAL", password: "", sn: "SERIAL", aircraftSn: "AIRCRAFT" });
  for (const block of [accessLines({ user: "mingcha", password: "" }), dockLines]) {
    const from = lines.indexOf(block[0] ?? "");
    expect([...lines.slice(from, from + block.length)].sort()).toEqual([...block].sort());
  }
});

describe.skipIf(!findMosquitto())("a session at the broker", () => {
  let folder: string;
  let broker: MqttBroker;
  const open: BrokerSession[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mingcha-broker-"));
    broker = await startMosquitto(folder, [ours, dock]);
  });
  afterAll(async () => {
    for (const session of open) await session.close();
    await broker.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  function listen(options: { url?: string; password?: string; caFile?: string; fail?: () => boolean } = {}) {
    const got: string[] = [];
    const refused: string[] = [];
    const states: string[] = [];
    const session = openBrokerSession(
      {
        url: options.url ?? broker.url,
        user: ours.user,
        password: options.password ?? ours.password,
        ca: options.caFile === undefined ? undefined : readFileSync(options.caFile),
        clientId: "x",
      },
      {
        onMessage: async (_topic, payload) => {
          if (options.fail?.() === true) throw new Error("the database is away");
          got.push(payload.toString());
        },
        onRefused: (topic) => void refused.push(topic),
        onState: (state, reason) => void states.push(reason === null ? state : `${state}:${reason}`),
      },
    );
    open.push(session);
    return { session, got, states, refused };
  }
  async function until(isSo: () => boolean, what: string): Promise<void> {
    for (const end = Date.now() + 20_000; !isSo(); await sleep(20)) if (Date.now() > end) throw new Error(what);
  }
  async function say(...texts: string[]): Promise<void> {
    const client = await connectAsync(broker.url, { protocolVersion: 5, username: dock.user, password: dock.password });
    for (const text of texts) await client.publishAsync(topic, text, { qos: 1 });
    await client.endAsync();
  }

  test("what is said while nobody is connected, or while the broker is away and back, is heard later; at least once", async () => {
    const first = listen();
    await first.session.follow(new Map([[topic, 1]]));
    await until(() => first.states.includes("connected"), "connected");
    await first.session.follow(new Map([[topic, 1]]));
    await say("one");
    await until(() => first.got.includes("one"), "one");
    await first.session.close();
    await say("two", "three");
    await sleep(1_500);
    await broker.kill();
    broker = await startMosquitto(folder, [ours, dock], broker.port);
    const second = listen();
    await until(() => second.got.length >= 2, "two and three");
    await broker.kill();
    await until(() => second.states.some((state) => state.startsWith("lost")), "lost");
    broker = await startMosquitto(folder, [ours, dock], broker.port);
    await until(() => second.states.filter((state) => state === "connected").length > 1, "back");
    await say("four");
    await until(() => second.got.includes("four"), "four");
    // what was not acknowledged when the broker was killed may come twice
    expect([...new Set(second.got)]).toEqual(["two", "three", "four"]);
    await second.session.close();
  });

  test("a message that could not be handled is not acknowledged: it comes again", async () => {
    let isAway = true;
    const { session, got, states } = listen({ fail: () => isAway });
    await session.follow(new Map([[topic, 1]]));
    await until(() => states.includes("connected"), "connected");
    await session.follow(new Map([[topic, 1]]));
    await say("kept");
    await sleep(500);
    expect(got).toEqual([]);
    isAway = false;
    await until(() => got.includes("kept"), "kept");
    expect(got).toEqual(["kept"]);
    await session.close();
  });

  test("a topic that the broker refuses costs no other, and one that was left is heard again when it is wanted again", async () => {
    const denied = "other/system/topic";
    const front = await openRefusing(broker.port, denied);
    const { session, got, states, refused } = listen({ url: `mqtt://127.0.0.1:${front.port}` });
    const topics = new Map<string, 0 | 1>([
      [denied, 1],
      [topic, 1],
    ]);
    await until(() => states.includes("connected"), "connected");
    await session.follow(topics);
    await session.follow(topics);
    expect(refused).toEqual([denied]);
    await say("beside a refused one");
    await until(() => got.includes("beside a refused one"), "the other topic");
    session.leave(topic);
    await session.follow(new Map([[topic, 1]]));
    await say("after it was left");
    await until(() => got.includes("after it was left"), "the topic that was left");
    expect(states.filter((state) => state !== "connected" && state !== "connecting")).toEqual([]);
    await session.close();
    front.close();
  });

  test("a broker that answers nothing any more holds up no stop", async () => {
    const link = await openLink(broker.port);
    const { session, states } = listen({ url: `mqtt://127.0.0.1:${link.port}` });
    await until(() => states.includes("connected"), "connected");
    link.cut();
    session.publish(topic.replace("events", "events_reply"), { tid: "t" });
    await session.close();
    expect(states.at(-1)).toBe("connected");
    link.close();
  });

  test("a wrong password and a broker that is not there are told apart, and tried again", async () => {
    const wrong = listen({ password: "wrong" });
    await until(() => wrong.states.includes("lost:not_authorised"), "not authorised");
    const absent = listen({ url: `mqtt://127.0.0.1:${await freePort()}` });
    await until(() => absent.states.filter((state) => state === "lost:unreachable").length > 1, "unreachable, twice");
    await wrong.session.close();
    await absent.session.close();
  });

  test.skipIf(findProgram("openssl") === undefined)(
    "over TLS a certificate of the bureau's own authority is trusted where its file is given, and refused where it is not",
    async () => {
      const port = await freePort();
      const file = (name: string) => join(folder, name);
      const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "ignore" });
      openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=Test CA",
        "-keyout",
        file("ca.key"),
        "-out",
        file("ca.pem"),
      );
      openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=127.0.0.1",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        file("b.key"),
        "-out",
        file("b.csr"),
      );
      openssl(
        "x509",
        "-req",
        "-in",
        file("b.csr"),
        "-CA",
        file("ca.pem"),
        "-CAkey",
        file("ca.key"),
        "-CAcreateserial",
        "-copy_extensions",
        "copy",
        "-days",
        "2",
        "-out",
        file("b.pem"),
      );
      const proxy = spawn(process.execPath, ["-e", tlsProxy(port, broker.port, file("b.key"), file("b.pem"))], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(proxy.stdout, "data");
      const url = `mqtts://127.0.0.1:${port}`;
      const trusted = listen({ url, caFile: file("ca.pem") });
      await until(() => trusted.states.includes("connected"), "connected over TLS");
      const untrusted = listen({ url });
      await until(() => untrusted.states.includes("lost:certificate"), "refused certificate");
      expect(untrusted.states).not.toContain("connected");
      await trusted.session.close();
      await untrusted.session.close();
      proxy.kill("SIGKILL");
    },
  );
});

/** In front of the broker: one topic is not granted (0x87), as brokers do whose rights hold for subscribing. Ours grants it and sends nothing. */
async function openRefusing(brokerPort: number, denied: string) {
  const server = createServer((socket) => {
    const on = connect(brokerPort, "127.0.0.1");
    const ids = new Set<number>();
    socket.on("data", (bytes) => {
      // SUBSCRIBE: fixed header of two bytes, then the packet's id
      const at = bytes.indexOf(denied);
      const start = at < 0 ? -1 : bytes.lastIndexOf(0x82, at);
      if (start >= 0) ids.add(bytes.readUInt16BE(start + 2));
      on.write(bytes);
    });
    on.on("data", (bytes) => {
      if (bytes[0] === 0x90 && ids.has(bytes.readUInt16BE(2))) bytes[bytes.length - 1] = 0x87;
      socket.write(bytes);
    });
    for (const end of [socket, on]) end.on("error", () => undefined).on("close", () => socket.destroy());
    socket.on("close", () => on.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** TLS in front of the broker: the certificate is what is tried here, not the broker's settings. */
const tlsProxy = (port: number, target: number, key: string, cert: string): string => `
  const { readFileSync } = require("node:fs");
  const server = require("node:tls").createServer(
    { key: readFileSync(${JSON.stringify(key)}), cert: readFileSync(${JSON.stringify(cert)}) },
    (socket) => { const on = require("node:net").connect(${target}, "127.0.0.1"); socket.pipe(on).pipe(socket); socket.on("error", () => on.destroy()); on.on("error", () => socket.destroy()); },
  );
  server.on("tlsClientError", () => undefined);
  server.listen(${port}, "127.0.0.1", () => console.log("ready"));
`;
