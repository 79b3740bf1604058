import type { ScriptedDock } from "@mingcha/infra/testing";
import { prefixOf } from "@mingcha/models/dock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findToolsForTest } from "../testing/create-world.ts";
import { createLinkedDock, type DockWorld, docks, hasDockPeers } from "../testing/dock-world.ts";

const tools = await findToolsForTest();
const { sn } = docks.one;
const events = `thing/product/${sn}/events`;

describe.skipIf(tools === null || !hasDockPeers())("hostile docks", () => {
  let world: DockWorld;
  let dock: ScriptedDock;
  beforeAll(async () => {
    if (tools === null) return;
    ({ world, dock } = await createLinkedDock(tools));
  });
  afterAll(async () => {
    await dock?.close();
    await world?.close();
  });

  test("garbage, a megabyte, deep nesting, wrong types and another's name are counted and dropped; the next honest message is answered", async () => {
    const envelope = { tid: "t", bid: "b", timestamp: 1, gateway: sn };
    const callback = (data: unknown, more: object = {}) =>
      JSON.stringify({ ...envelope, method: "file_upload_callback", data, ...more });
    await dock.send(events, "not json");
    await dock.send(events, Buffer.from([0xff, 0xfe, 0x00, 0x01]));
    await dock.send(events, "");
    await dock.send(events, `{"x":"${"a".repeat(1_048_576)}"}`);
    await dock.send(events, `${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    await dock.send(events, JSON.stringify({ ...envelope, tid: undefined, method: "config" }));
    await dock.send(events, callback({ file: { object_key: 7 } }));
    await dock.send(events, callback({ file: { object_key: `${prefixOf(sn)}f/a` } }, { gateway: docks.two.sn }));
    await dock.send(events, JSON.stringify({ ...envelope, method: "__proto__", data: {} }));
    // what no text of the database holds: NUL, half a pair of surrogates
    for (const bad of ["\\u0000", "\\ud800"]) {
      const file = `{"object_key":"${prefixOf(sn)}f/a.mp4","fingerprint":"${bad}"}`;
      await dock.send(events, callback("DATA").replace('"DATA"', `{"file":${file}}`));
      await dock.send(events, callback({}, { tid: "TID" }).replace("TID", bad));
    }
    await dock.send(`thing/product/${sn}/osd`, "[]", 0);
    expect((await dock.ask("status", "update_topo", { sub_devices: [] }))?.data.result).toBe(0);
    expect(await world.drops(sn)).toEqual({
      not_json: 3,
      too_large: 1,
      malformed: 5,
      bad_request: 3,
      wrong_gateway: 1,
      unknown_method: 1,
    });
    expect(await world.files()).toEqual([]);
    expect(await world.deps.db.dockFlight.count()).toBe(0);
  });

  test("a method that is not known gets a reply that says so, with its ids", async () => {
    const reply = await dock.ask("requests", "cover_open", { any: 1 });
    expect(reply).toMatchObject({ method: "cover_open", data: { result: 2 } });
  });

  test("the broker lets no dock speak in another's name, listen to another, or write to us what we alone write", async () => {
    const liar = await world.startDock("two", docks.two.sn, 1_500);
    const callback = {
      tid: "lie",
      bid: "b",
      timestamp: 1,
      method: "file_upload_callback",
      data: { file: { object_key: `${prefixOf(sn)}f/lie.mp4` } },
    };
    const denied = { code: 0x87 };
    await expect(liar.send(events, JSON.stringify(callback))).rejects.toMatchObject(denied);
    await expect(liar.send(`thing/product/${sn}/requests_reply`, "{}")).rejects.toMatchObject(denied);
    await expect(liar.send(`thing/product/${docks.two.sn}/services`, "{}")).rejects.toMatchObject(denied);
    await liar.close();
    // who takes another's name with the own account ends nobody's connection, is not heard and hears nothing
    const double = await world.startDock("two", sn, 1_500);
    expect((await dock.ask("status", "update_topo", { sub_devices: [] }))?.data.result).toBe(0);
    await expect(double.ask("requests", "config", {})).rejects.toMatchObject(denied);
    expect(double.heard()).toBe(0);
    expect(dock.heard()).toBeGreaterThan(0);
    await double.close();
    expect(await world.files()).toEqual([]);
  });

  test("ten thousand made-up files are all one dock may have waiting; more are refused and counted", async () => {
    const at = new Date();
    await world.deps.db.dockFile.createMany({
      data: Array.from({ length: 10_000 }, (_, n) => ({
        sn,
        flightId: "f",
        objectKey: `${prefixOf(sn)}f/${n}`,
        name: String(n),
        foundBy: "notice",
        foundAt: at,
      })),
    });
    const reply = await dock.ask(
      "events",
      "file_upload_callback",
      { file: { object_key: `${prefixOf(sn)}f/more` } },
      { need_reply: 1 },
    );
    expect(reply?.data.result).toBe(7);
    expect(await world.deps.db.dockFile.count()).toBe(10_000);
    await world.deps.db.dockFile.deleteMany();
  });
});
