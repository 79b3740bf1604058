import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptedDock } from "@mingcha/infra/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findToolsForTest } from "../testing/create-world.ts";
import { createLinkedDock, type DockWorld, docks, hasDockPeers } from "../testing/dock-world.ts";

const tools = await findToolsForTest();
const { sn } = docks.one;

describe.skipIf(tools === null || !hasDockPeers())("what docks push of themselves", () => {
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

  test("osd tells the dock's clock once an hour, by the quickest of five, on its page alone: however wrong it is said to be, no sample of the source is made of it", async () => {
    const { db } = world.deps;
    const where = { where: { sn } };
    const tell = async (aheadMs: number) => {
      for (let time = 0; time < 12; time += 1) {
        await dock.push("osd", { longitude: 121.52, latitude: 31.23, height: 12.5 }, Date.now() + aheadMs);
        await sleep(30);
      }
    };
    const clock = async () => Number((await db.dockStanding.findUniqueOrThrow(where)).clockOffsetMs);
    const compared = async () => (await db.dockStanding.findUniqueOrThrow(where)).clockAt;
    await tell(300);
    await world.until(async () => (await compared()) !== null, "a comparison");
    expect(Math.abs((await clock()) - 300)).toBeLessThan(2_000);
    await tell(90_000);
    expect(Math.abs((await clock()) - 300)).toBeLessThan(2_000);
    await db.dockStanding.update({ ...where, data: { clockAt: new Date(Date.now() - 3_700_000) } });
    await tell(90_000);
    await world.until(async () => (await clock()) > 80_000, "another comparison");
    expect(Math.abs((await clock()) - 90_000)).toBeLessThan(2_000);
    expect(await db.clockSample.count()).toBe(0);
    expect(await db.custody.count({ where: { action: "device.clock_compared" } })).toBe(0);
  });

  test("messages that waited while ours stood still make no clock look slow", async () => {
    const { db } = world.deps;
    const where = { where: { sn } };
    await db.dockStanding.update({ ...where, data: { clockAt: null, clockOffsetMs: null } });
    const ahead = (time: number) => dock.push("osd", { longitude: 121.52, latitude: 31.23 }, Date.now() + 500 + time);
    // our database holds the one being handled for six seconds; those behind it are read when that is done
    let hold = () => {};
    const isHeld = new Promise<void>((done) => {
      hold = done;
    });
    const stall = db.$transaction(
      async (tx) => {
        await tx.$executeRaw`lock table dock, dock_standing in access exclusive mode`;
        hold();
        await sleep(6_000);
      },
      { timeout: 20_000 },
    );
    await Promise.race([isHeld, stall]);
    for (let time = 0; time < 20; time += 1) await ahead(time);
    await stall;
    await sleep(1_000);
    expect((await db.dockStanding.findUniqueOrThrow(where)).clockAt).toBeNull();
    for (let time = 0; time < 8; time += 1) {
      await ahead(time);
      await sleep(60);
    }
    await world.until(async () => (await db.dockStanding.findUniqueOrThrow(where)).clockAt !== null, "a comparison");
    expect(Number((await db.dockStanding.findUniqueOrThrow(where)).clockOffsetMs)).toBeGreaterThan(-1_000);
  });

  test("the aircraft's osd is kept with its gimbal and laser", async () => {
    const { db } = world.deps;
    await dock.send(
      `thing/product/${docks.one.aircraftSn}/osd`,
      JSON.stringify({ data: { elevation: 80.1, "66-0-0": { gimbal_pitch: -45, measure_target_distance: "12.5" } } }),
      0,
    );
    await world.until(
      async () => JSON.stringify((await db.dockStanding.findUnique({ where: { sn } }))?.osd).includes("-45"),
      "the aircraft's osd",
    );
    expect((await db.dockStanding.findUnique({ where: { sn } }))?.osd).toMatchObject({
      [`${sn}:osd`]: { longitude: 121.52, height: 12.5 },
      [`${docks.one.aircraftSn}:osd`]: {
        elevation: 80.1,
        payloads: { "66-0-0": { gimbal_pitch: -45, measure_target_distance: 12.5 } },
      },
    });
  });
});
