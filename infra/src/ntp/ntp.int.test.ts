import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { afterEach, describe, expect, test } from "vitest";
import { hasChrony, ntpAnswer, startChrony, startNtpServer } from "../testing/index.ts";
import { askServer } from "./ask-server.ts";
import { measureHost } from "./measure-host.ts";
import { readTimeServers } from "./time-servers.ts";

const open: { stop: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.stop();
});
const quick = { limitMs: 300, betweenMs: 5 };
const at = (port: number) => ({ host: "127.0.0.1", port });
async function serve(answer: (question: Buffer, from: RemoteInfo, socket: Socket) => void) {
  const server = await startNtpServer(answer);
  open.push(server);
  return at(server.port);
}
const serveShifted = (shiftMs: number, change: (packet: Buffer) => void = () => {}) =>
  serve((question, from, socket) => {
    const packet = ntpAnswer(question, shiftMs);
    change(packet);
    socket.send(packet, from.port, from.address);
  });

describe.runIf(hasChrony())("a real NTP server (chronyd)", () => {
  test("tells this machine's own time within its error", async () => {
    const server = await startChrony();
    open.push(server);
    const measured = await measureHost([at(server.port)], quick);
    expect(measured).toMatchObject({ kind: "ok", stratum: 10 });
    if (measured.kind !== "ok") return;
    expect(Math.abs(measured.aheadMs)).toBeLessThanOrEqual(measured.uncertaintyMs);
    expect(measured.uncertaintyMs).toBeLessThan(50);
  });

  test.each([-5_000, 42, 3_600_000])("tells a machine whose clock is %i ms ahead so", async (aheadMs) => {
    const server = await startChrony();
    open.push(server);
    const measured = await measureHost([at(server.port)], { ...quick, now: () => Date.now() + aheadMs });
    if (measured.kind !== "ok") throw new Error(measured.reason);
    expect(Math.abs(measured.aheadMs - aheadMs)).toBeLessThanOrEqual(measured.uncertaintyMs);
  });

  test("that has no source itself is refused", async () => {
    const server = await startChrony({ synchronised: false });
    open.push(server);
    expect(await measureHost([at(server.port)], quick)).toMatchObject({ kind: "failed" });
  });
});

describe("a time server that is not to be believed is refused", () => {
  test.each<[string, string, (packet: Buffer) => void]>([
    ["is not synchronised (leap 3)", "unsynchronised", (packet) => packet.writeUInt8((3 << 6) | (4 << 3) | 4, 0)],
    ["is of stratum 16", "unsynchronised", (packet) => packet.writeUInt8(16, 1)],
    ["says kiss-o'-death (stratum 0)", "told_to_stop", (packet) => packet.writeUInt8(0, 1)],
    ["answers as a client", "not_understood", (packet) => packet.writeUInt8((4 << 3) | 3, 0)],
    ["tells no time", "not_understood", (packet) => packet.fill(0, 40, 48)],
    ["sent before it received", "not_understood", (packet) => packet.writeUInt32BE(packet.readUInt32BE(40) - 10, 40)],
    ["is three seconds unsure", "too_unsure", (packet) => packet.writeUInt32BE(3 * 65_536, 8)],
    ["answers another question", "forged", (packet) => packet.writeUInt32BE((packet.readUInt32BE(24) ^ 1) >>> 0, 24)],
  ])("that %s", async (_what, reason, change) => {
    expect(await measureHost([await serveShifted(0, change)], quick)).toEqual({ kind: "failed", reason });
  });

  test("that says nothing, sends too little, or is not there", async () => {
    expect(await measureHost([await serve(() => {})], quick)).toEqual({ kind: "failed", reason: "no_answer" });
    const short = await serve((_q, from, socket) => socket.send(Buffer.alloc(20), from.port, from.address));
    expect(await measureHost([short], quick)).toEqual({ kind: "failed", reason: "forged" });
    expect(await measureHost([{ host: "no-such-host.invalid", port: 123 }], quick)).toMatchObject({
      reason: "name_unknown",
    });
    expect(await measureHost([], quick)).toEqual({ kind: "failed", reason: "not_configured" });
  });

  test.each([
    ["another port", "127.0.0.1"],
    ["another address", "127.0.0.2"],
  ])("an answer from %s counts for nothing, even one that saw the question; the real one that follows does", async (_what, from) => {
    const other = createSocket("udp4");
    open.push({ stop: () => other.close() });
    const server = await serve((question, to, socket) => {
      other.send(ntpAnswer(question, 9_000_000), to.port, to.address, () =>
        socket.send(ntpAnswer(question, 0), to.port, to.address),
      );
    });
    // of another address the very port of the server, so that nothing but the address is wrong
    await new Promise<void>((done) => other.bind(from === "127.0.0.1" ? 0 : server.port, from, done));
    const measured = await measureHost([server], quick);
    if (measured.kind !== "ok") throw new Error(measured.reason);
    expect(Math.abs(measured.aheadMs)).toBeLessThan(1_000);
  });

  test("whoever cannot see the question can neither answer it nor tell us to stop", async () => {
    const server = await serve((question, from, socket) => {
      const stop = ntpAnswer(Buffer.alloc(48));
      stop.writeUInt8(0, 1);
      socket.send(stop, from.port, from.address, () => socket.send(ntpAnswer(question), from.port, from.address));
    });
    expect(await measureHost([server], quick)).toMatchObject({ kind: "ok" });
  });

  test("after a kiss-o'-death it is not asked again", async () => {
    let asked = 0;
    const server = await serve((question, from, socket) => {
      asked += 1;
      const packet = ntpAnswer(question);
      packet.writeUInt8(0, 1);
      socket.send(packet, from.port, from.address);
    });
    await measureHost([server], quick);
    expect(asked).toBe(1);
  });
});

test.each([
  -5_000, 5_000,
])("our clock that is set by %i ms while a question is on its way changes neither the offset of its asking nor its way", async (setMs) => {
  const server = await serve((question, from, socket) => {
    setTimeout(() => socket.send(ntpAnswer(question), from.port, from.address), 40);
  });
  let reads = 0;
  const asked = await askServer("127.0.0.1", server.port, 1_000, () => Date.now() + (reads++ === 0 ? 0 : setMs));
  if (asked.kind !== "ok") throw new Error(asked.reason);
  const { aheadMs, delayMs, uncertaintyMs } = asked.exchange;
  expect(Math.abs(aheadMs)).toBeLessThanOrEqual(uncertaintyMs);
  expect(delayMs).toBeGreaterThan(30);
  expect(delayMs).toBeLessThan(500);
});

test("an answer that took the server longer than the question was away is refused, not taken for the quickest", async () => {
  const server = await serveShifted(0, (packet) => packet.writeUInt32BE(packet.readUInt32BE(40) + 3, 40));
  expect(await measureHost([server], quick)).toEqual({ kind: "failed", reason: "not_understood" });
});

describe("of several", () => {
  test("answers of one server the one with the shortest way counts", async () => {
    let nth = 0;
    const server = await serve((question, from, socket) => {
      const isLate = nth++ % 2 === 0;
      const answer = ntpAnswer(question);
      setTimeout(() => socket.send(answer, from.port, from.address), isLate ? 120 : 0);
    });
    const measured = await measureHost([server], quick);
    if (measured.kind !== "ok") throw new Error(measured.reason);
    expect(measured.delayMs).toBeLessThan(100);
    expect(Math.abs(measured.aheadMs)).toBeLessThanOrEqual(measured.uncertaintyMs);
  });

  test("servers the one that stands alone is left out, and two that disagree tell nothing", async () => {
    const [right, also, wrong] = [await serveShifted(0), await serveShifted(2), await serveShifted(40_000)];
    const measured = await measureHost([wrong, right, also], quick);
    if (measured.kind !== "ok") throw new Error(measured.reason);
    expect(Math.abs(measured.aheadMs)).toBeLessThan(1_000);
    expect(await measureHost([wrong, right], quick)).toEqual({ kind: "failed", reason: "disagree" });
  });

  test("servers one that is dead leaves the others", async () => {
    expect(await measureHost([await serve(() => {}), await serveShifted(0)], quick)).toMatchObject({ kind: "ok" });
  });
});

test("time beyond the year 2036, where NTP begins anew, is read in the right era", async () => {
  const shiftMs = Date.UTC(2037, 0, 1) - Date.now();
  const measured = await measureHost([await serveShifted(shiftMs)], { ...quick, now: () => Date.now() + shiftMs });
  if (measured.kind !== "ok") throw new Error(measured.reason);
  expect(Math.abs(measured.aheadMs)).toBeLessThanOrEqual(measured.uncertaintyMs + 1);
});

test("servers are named with host and port, and what is none is named", () => {
  expect(readTimeServers("")).toEqual([]);
  expect(readTimeServers("ntp.example.cn, 10.0.0.5:1123,[fd00::5]:124")).toEqual([
    { host: "ntp.example.cn", port: 123 },
    { host: "10.0.0.5", port: 1123 },
    { host: "fd00::5", port: 124 },
  ]);
  for (const text of ["http://x", "10.0.0.1:0", "10.0.0.1:99999", "a b"])
    expect(() => readTimeServers(text), text).toThrow(text);
});
