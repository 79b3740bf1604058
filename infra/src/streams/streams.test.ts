import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { reachHost, readNetworks } from "./allowed-networks.ts";
import { openSecret, readSecretKey, sealSecret } from "./secret-box.ts";

const key = readSecretKey(randomBytes(32).toString("base64url"));

test("a password comes out of its own box only: not of another row's, not with another key, not with a byte changed", () => {
  const box = sealSecret(key, "cam-1", "口令 p@ss");
  expect(openSecret(key, "cam-1", box)).toBe("口令 p@ss");
  expect(sealSecret(key, "cam-1", "口令 p@ss")).not.toBe(box);
  expect(() => openSecret(key, "cam-2", box)).toThrow();
  expect(() => openSecret(randomBytes(32), "cam-1", box)).toThrow();
  const bytes = Buffer.from(box, "base64url");
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  expect(() => openSecret(key, "cam-1", bytes.toString("base64url"))).toThrow();
  expect(() => readSecretKey("short")).toThrow(/32 bytes/);
});

const lan = readNetworks("10.0.0.0/8, 192.168.7.0/24,127.0.0.0/8,fd00::/8");

test.each([
  ["10.9.8.7", "ok"],
  ["192.168.7.255", "ok"],
  ["fd00::1", "ok"],
  ["127.0.0.1", "ok"],
  ["::ffff:10.0.0.1", "ok"],
  ["192.168.8.1", "not_allowed"],
  ["8.8.8.8", "not_allowed"],
  ["::1", "not_allowed"],
  ["::ffff:169.254.169.254", "not_allowed"],
  ["no-such-host.invalid", "name_unknown"],
])("%s: %s", async (host, kind) => {
  expect((await reachHost(host, lan)).kind).toBe(kind);
});

test("link-local stays closed where everything is allowed: clouds keep their secrets there", async () => {
  const everything = readNetworks("0.0.0.0/0,::/0");
  for (const host of ["169.254.169.254", "fe80::1", "0.0.0.0"])
    expect((await reachHost(host, everything)).kind, host).toBe("not_allowed");
});

test("what is no network is named", () => {
  for (const text of ["10.0.0.0/40", "cam.local", "10.0.0/8", "fd00::/200"])
    expect(() => readNetworks(text), text).toThrow(text);
});
