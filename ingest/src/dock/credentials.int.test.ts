import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseEnvironment } from "@mingcha/infra/config";
import { readBucketSettings } from "@mingcha/infra/dock";
import { clientOf, ownerOf, type ScriptedDock, uploadInParts } from "@mingcha/infra/testing";
import { prefixOf } from "@mingcha/models/dock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findToolsForTest } from "../testing/create-world.ts";
import { bucketName, createLinkedDock, type DockWorld, docks, hasDockPeers } from "../testing/dock-world.ts";
import { handleMessage } from "./handle-message.ts";
import { createPushes } from "./note-push.ts";

const tools = await findToolsForTest();
const { sn } = docks.one;

describe.skipIf(tools === null || !hasDockPeers())("credentials of a dock", () => {
  let world: DockWorld;
  let dock: ScriptedDock;
  let root: ReturnType<typeof ownerOf>;
  beforeAll(async () => {
    if (tools === null) return;
    ({ world, dock } = await createLinkedDock(tools));
    root = ownerOf(world.s3);
    await root.makeBucket("mingcha-evidence");
    await root.putObject("mingcha-evidence", "aa/original", "evidence");
  });
  afterAll(async () => {
    await dock?.close();
    await world?.close();
  });

  test("reach only the one prefix and only to put, whole or in parts; the server refuses to read, list, remove, another prefix and the evidence", async () => {
    const given = await dock.getCredentials();
    const client = clientOf(given);
    const own = `${prefixOf(sn)}f/a.mp4`;
    await client.putObject(bucketName, own, "mine");
    await uploadInParts(given, `${prefixOf(sn)}f/parts.mp4`, Buffer.alloc(6 * 1024 * 1024));
    expect((await root.statObject(bucketName, `${prefixOf(sn)}f/parts.mp4`)).size).toBe(6 * 1024 * 1024);
    const other = `${prefixOf(docks.two.sn)}f/b.mp4`;
    await root.putObject(bucketName, other, "another's");
    const refused = { code: "AccessDenied" };
    const list = async (bucket: string, prefix: string) => {
      for await (const _ of client.listObjectsV2(bucket, prefix, true)) break;
    };
    await expect(client.getObject(bucketName, own)).rejects.toMatchObject(refused);
    await expect(client.removeObject(bucketName, own)).rejects.toMatchObject(refused);
    await expect(list(bucketName, prefixOf(sn))).rejects.toMatchObject(refused);
    await expect(client.putObject(bucketName, other, "x")).rejects.toMatchObject(refused);
    await expect(client.putObject(bucketName, `docks/${sn}x/f/b.mp4`, "x")).rejects.toMatchObject(refused);
    await expect(client.putObject(bucketName, "docks/x", "x")).rejects.toMatchObject(refused);
    await expect(client.putObject("mingcha-evidence", "aa/original", "x")).rejects.toMatchObject(refused);
    await expect(client.getObject("mingcha-evidence", "aa/original")).rejects.toMatchObject(refused);
    await expect(list("mingcha-evidence", "")).rejects.toMatchObject(refused);
    await expect(client.makeBucket("new-bucket")).rejects.toMatchObject(refused);
  });

  test("last an hour and are written down without their secret; our own key is never among what is sent", async () => {
    world.deps.issued.clear();
    const given = await dock.getCredentials();
    // the server's hour began before we had its answer, however long that took
    const givenMs = Date.now();
    expect(given.credentials.expire).toBeLessThanOrEqual(3_600);
    expect(given.credentials.expire).toBeGreaterThan(3_590);
    expect(given.credentials.access_key_id).not.toBe(world.s3.accessKey);
    expect(JSON.stringify(given)).not.toContain(world.s3.secretKey);
    // the session token says it too, signed by the server
    const claims = JSON.parse(
      Buffer.from(given.credentials.security_token.split(".")[1] ?? "", "base64url").toString(),
    ) as { exp: number };
    expect(claims.exp * 1_000 - givenMs).toBeLessThanOrEqual(3_601_000);
    const row = await world.deps.db.dockCredential.findFirstOrThrow({ where: { sn }, orderBy: { issuedAt: "desc" } });
    expect(row).toMatchObject({
      bucket: bucketName,
      prefix: prefixOf(sn),
      accessKeyId: given.credentials.access_key_id,
    });
    // as the server says, in whole seconds
    expect(row.expiresAt.getTime()).toBe(claims.exp * 1_000);
    expect(JSON.stringify(row)).not.toContain(given.credentials.access_key_secret);
  });

  test("a dock without a source, or switched off, or unregistered gets none", async () => {
    const { db } = world.deps;
    const second = await world.startDock("two");
    await db.dock.update({ where: { sn: docks.two.sn }, data: { sourceId: null } });
    expect((await second.ask("requests", "storage_config_get", { module: 0 }))?.data).toEqual({ result: 3 });
    expect(await db.dockStanding.findUnique({ where: { sn: docks.two.sn } })).toMatchObject({
      credentialsReason: "not_bound",
    });
    await second.close();
    await db.dock.update({ where: { sn: docks.two.sn }, data: { sourceId: "drone-2", enabled: false } });
    const switchedOff = await world.startDock("two", docks.two.sn, 1_500);
    expect(await switchedOff.ask("requests", "storage_config_get", { module: 0 })).toBeNull();
    await switchedOff.close();
    const stranger = await world.startDock("stranger", docks.stranger.sn, 1_500);
    await world.held.turn();
    expect(await stranger.ask("requests", "storage_config_get", { module: 0 })).toBeNull();
    await stranger.close();
    expect(await db.dockCredential.count({ where: { sn: { not: sn } } })).toBe(0);
    await db.dock.update({ where: { sn: docks.two.sn }, data: { enabled: true } });
  });

  test("asked again soon a dock gets the same ones with what is left of their hour; when too little is left, new ones, each written down once", async () => {
    const rows = () => world.deps.db.dockCredential.count({ where: { sn } });
    const first = await dock.getCredentials();
    const before = await rows();
    for (let time = 0; time < 5; time += 1) {
      const again = await dock.getCredentials();
      expect(again.credentials.access_key_id).toBe(first.credentials.access_key_id);
      expect(again.credentials.expire).toBeLessThanOrEqual(first.credentials.expire);
    }
    expect(await rows()).toBe(before);
    const kept = world.deps.issued.get(sn);
    if (kept !== undefined) world.deps.issued.set(sn, { ...kept, expiresAt: new Date(Date.now() + 2_600_000) });
    expect((await dock.getCredentials()).credentials.access_key_id).not.toBe(first.credentials.access_key_id);
    expect(await rows()).toBe(before + 1);
  });

  const ask = async (given: DockWorld["deps"]) => {
    const deps = { ...given, issued: new Map() };
    const message = { tid: "t", bid: "b", timestamp: Date.now(), method: "storage_config_get", data: { module: 0 } };
    const payload = Buffer.from(JSON.stringify(message));
    const handled = await handleMessage(deps, createPushes(deps), `thing/product/${sn}/requests`, payload, {
      atMs: Date.now(),
      isPrompt: true,
    });
    const { credentialsReason } = await deps.db.dockStanding.findUniqueOrThrow({ where: { sn } });
    return { handled, credentialsReason };
  };

  test("where no S3 server is configured, where it has no STS, and where it does not heed the policy, the reply is a refusal and the page says why", async () => {
    expect(readBucketSettings(parseEnvironment({}))).toBeNull();
    const refusal = { handled: { message: { tid: "t", bid: "b", data: { result: 8 } } } };
    expect(await ask({ ...world.deps, settings: null, bucket: null })).toMatchObject({
      ...refusal,
      credentialsReason: "no_server",
    });

    // as SeaweedFS or another server without STS answers
    const denied = "<Error><Code>AccessDenied</Code></Error>";
    const listed =
      "<ListBucketResult><Name>x</Name><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>1</Size><ETag>e</ETag><LastModified>2026-01-01T00:00:00Z</LastModified></Contents></ListBucketResult>";
    let isWide = false;
    let hours = 1;
    let lets: "list" | "read" | "put" = "list";
    const removed: string[] = [];
    const server = createServer((request, answer) => {
      const { method = "", url = "" } = request;
      const say = (status: number, text: string) => {
        answer.writeHead(status, { "content-type": "application/xml", etag: '"e"' });
        answer.end(method === "HEAD" ? undefined : text);
      };
      request.resume();
      if (!isWide) return say(501, "<Error><Code>NotImplemented</Code></Error>");
      if (method === "POST")
        return say(
          200,
          `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>a</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + hours * 3_600_000).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
        );
      if (method === "HEAD") return say(200, "");
      if (method === "DELETE") {
        removed.push(url);
        return say(204, "");
      }
      const asked = method === "PUT" ? "put" : url.includes("list-type") ? "list" : "read";
      say(asked === lets ? 200 : 403, asked === lets ? listed : denied);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = { ...world.settings, endpoint };
    expect(await ask({ ...world.deps, settings })).toMatchObject({ ...refusal, credentialsReason: "no_sts" });
    isWide = true;
    for (lets of ["list", "read", "put"] as const)
      expect(await ask({ ...world.deps, settings }), lets).toMatchObject({
        ...refusal,
        credentialsReason: "not_narrow",
      });
    expect(removed).toEqual([expect.stringContaining(`docks-probe/${sn}`)]);
    for (hours of [2, -1, 8_760])
      expect(await ask({ ...world.deps, settings })).toMatchObject({ ...refusal, credentialsReason: "too_long" });
    // one that takes the connection and says nothing keeps no dock waiting for long
    server.removeAllListeners("request");
    expect(await ask({ ...world.deps, settings })).toMatchObject({ ...refusal, credentialsReason: "unreachable" });
    server.closeAllConnections();
    server.close();
    expect(await ask({ ...world.deps, settings })).toMatchObject({ ...refusal, credentialsReason: "unreachable" });
  });

  test("a server for docks with half of its key, or none at all, is refused at the start with what is wanted", () => {
    const endpoint = { MINGCHA_DOCK_S3_ENDPOINT: "https://s3.example" };
    expect(() => parseEnvironment(endpoint)).toThrow(/MINGCHA_DOCK_S3_ACCESS_KEY/);
    expect(() => parseEnvironment({ ...endpoint, MINGCHA_DOCK_S3_ACCESS_KEY: "a" })).toThrow(/go together/);
    expect(() => parseEnvironment({ MINGCHA_DOCK_APP_ID: "1" })).toThrow(/MINGCHA_DOCK_APP_LICENSE/);
    const whole = { ...endpoint, MINGCHA_DOCK_S3_ACCESS_KEY: "a", MINGCHA_DOCK_S3_SECRET_KEY: "s" };
    expect(readBucketSettings(parseEnvironment(whole))).toMatchObject({ accessKey: "a", secretKey: "s" });
  });

  test("the upload bucket is never that of the evidence", () => {
    expect(() => parseEnvironment({ S3_BUCKET: "same-bucket", MINGCHA_DOCK_BUCKET: "same-bucket" })).toThrow(
      /evidence/,
    );
  });
});
