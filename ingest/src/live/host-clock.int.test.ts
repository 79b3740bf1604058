import { measureHost } from "@mingcha/infra/ntp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { watchHostClock } from "./host-clock.ts";

const tools = await findToolsForTest();

describe.runIf(tools)("the clock of the machine itself", () => {
  let world: World;
  beforeEach(async () => {
    if (tools !== null) world = await createWorld(tools);
  });
  afterEach(() => world.close());

  test("a machine that is set while it is compared makes nothing of it and compares again; one that will not stand still is unknown", async () => {
    let shiftMs = 0;
    let steps = 1;
    let measured = 0;
    const hostClock = watchHostClock({
      db: world.deps.db,
      machine: "m6",
      servers: [],
      log: world.deps.log,
      now: () => Date.now() + shiftMs,
      measure: async () => {
        measured += 1;
        const aheadMs = shiftMs;
        if (steps > 0) {
          steps -= 1;
          shiftMs += 2_000;
        }
        return { kind: "ok", aheadMs, delayMs: 1, uncertaintyMs: 2, stratum: 1, server: "s" };
      },
    });
    await hostClock.turn();
    expect([measured, hostClock.current()?.aheadMs]).toEqual([2, 2_000]);
    steps = 3;
    shiftMs += 2_000;
    await hostClock.turn();
    expect(hostClock.current()).toBeNull();
    expect(await world.deps.db.hostClock.findUnique({ where: { machine: "m6" } })).toMatchObject({
      reason: "set_meanwhile",
      aheadMs: null,
    });
    await hostClock.turn();
    expect(hostClock.current()?.aheadMs).toBe(shiftMs);
  });

  test("a machine whose clock was set since it was compared knows nothing of it before it compares again", async () => {
    let shiftMs = 0;
    let measured = 0;
    const hostClock = watchHostClock({
      db: world.deps.db,
      machine: "m2",
      servers: [],
      log: world.deps.log,
      now: () => Date.now() + shiftMs,
      measure: async () => {
        measured += 1;
        return { kind: "ok", aheadMs: shiftMs, delayMs: 1, uncertaintyMs: 2, stratum: 1, server: "s" };
      },
    });
    await hostClock.turn();
    await hostClock.turn();
    expect(measured).toBe(1);
    expect(hostClock.current()?.aheadMs).toBe(0);
    shiftMs = 3_000;
    expect(hostClock.current()).toBeNull();
    await hostClock.turn();
    expect(hostClock.current()?.aheadMs).toBe(3_000);
    expect(await world.deps.db.hostClock.findUnique({ where: { machine: "m2" } })).toMatchObject({ aheadMs: 3_000 });
  });

  test("a machine without a time server says so, and one that loses it keeps what it knew for a while", async () => {
    const none = watchHostClock({ db: world.deps.db, machine: "m3", servers: [], log: world.deps.log });
    await none.turn();
    expect(none.current()).toBeNull();
    expect(await world.deps.db.hostClock.findUnique({ where: { machine: "m3" } })).toMatchObject({
      reason: "not_configured",
    });
    let isThere = true;
    let passedMs = 0;
    let countMs = 0;
    const losing = watchHostClock({
      db: world.deps.db,
      machine: "m4",
      servers: [],
      log: world.deps.log,
      now: () => 1_800_000_000_000 + passedMs,
      count: () => countMs,
      measure: async (servers) =>
        isThere
          ? { kind: "ok", aheadMs: 7, delayMs: 1, uncertaintyMs: 2, stratum: 1, server: "s" }
          : measureHost(servers),
    });
    await losing.turn();
    isThere = false;
    passedMs += 3_600_001;
    countMs = passedMs;
    await losing.turn();
    expect(losing.current()?.aheadMs).toBe(7);
    expect(await world.deps.db.hostClock.findUnique({ where: { machine: "m4" } })).toMatchObject({
      aheadMs: 7,
      reason: "not_configured",
    });
    // set by two seconds while no server answers: what was known is gone
    passedMs += 2_000;
    expect(losing.current()).toBeNull();
    await losing.turn();
    expect(await world.deps.db.hostClock.findUnique({ where: { machine: "m4" } })).toMatchObject({ aheadMs: null });
  });
});
