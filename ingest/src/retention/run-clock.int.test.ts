import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { daysAfter } from "../testing/old-footage.ts";
import { addSamples, captured, createRetentionWorld, type RetentionWorld } from "../testing/retention-world.ts";
import { askDatabaseClock } from "./run-clock.ts";
import { runRetention } from "./run-retention.ts";
import { sampleDisk } from "./watch-disk.ts";

const none = { clips: 0, pictures: 0, smallPictures: 0, bytes: 0 };
const minuteMs = 60_000;
let world: RetentionWorld;
beforeAll(async () => {
  world = await createRetentionWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.now = captured;
  await world.deps.db.diskSample.deleteMany();
});
const addDue = async () => world.footage.addClip(await world.footage.addSource(), captured);

describe("a run by a clock that cannot be believed deletes nothing", () => {
  test("one that differs from the database's by more than five minutes, ahead or behind", async () => {
    const clip = await addDue();
    await world.moveTo(31);
    const at = world.clock.now.getTime();
    for (const [minutes, clips] of [
      [6, 0],
      [-6, 0],
      [4, 1],
    ] as const) {
      const now = () => new Date(at + minutes * minuteMs);
      expect((await runRetention({ ...world.deps, now })).clips, `${minutes} min`).toBe(clips);
    }
    // dated by the database's clock
    expect((await world.clipRow(clip.id)).deletedAt).toEqual(new Date(at));
  });

  test("one of machine and database that jumped ten years: not at once, and only after a day in which samples were written", async () => {
    const clip = await addDue();
    await addSamples(world.deps.db, captured);
    const run = async (hours: number) => {
      world.clock.now = new Date(daysAfter(captured, 3_650).getTime() + hours * 60 * minuteMs);
      await sampleDisk(world.deps);
      return runRetention(world.deps);
    };
    for (const hours of [0, 1, 12, 23]) expect(await run(hours), `${hours} h later`).toEqual(none);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
    expect(await run(24)).toMatchObject({ clips: 1 });
  });

  test("samples of a clock that was ahead go when it is put right: another jump waits a day again", async () => {
    const clip = await addDue();
    await addSamples(world.deps.db, daysAfter(captured, 3_650));
    world.clock.now = daysAfter(captured, 1);
    await sampleDisk(world.deps);
    world.clock.now = daysAfter(captured, 3_650);
    await sampleDisk(world.deps);
    expect(await runRetention(world.deps)).toEqual(none);
    expect((await world.clipRow(clip.id)).deletedAt).toBeNull();
  });

  test("a night or a weekend switched off keeps nothing waiting", async () => {
    await addDue();
    await addSamples(world.deps.db, daysAfter(captured, 29));
    world.clock.now = daysAfter(captured, 31.5);
    expect((await runRetention(world.deps)).clips).toBeGreaterThan(0);
  });

  test("the database's clock is its own", async () => {
    expect(Math.abs((await askDatabaseClock(world.deps.db)).getTime() - Date.now())).toBeLessThan(minuteMs);
  });
});

test("no more goes in a day than the limit, by however many runs; the rest goes on the next days", async () => {
  const fresh = await createRetentionWorld();
  onTestFinished(() => fresh.close());
  const sourceId = await fresh.footage.addSource();
  for (let n = 0; n < 5; n++) await fresh.footage.addClip(sourceId, new Date(captured.getTime() + n * minuteMs));
  const run = async (days: number, mostPerDay: { share: number; items: number }) => {
    await fresh.moveTo(days);
    return (await runRetention({ ...fresh.deps, mostPerDay })).clips;
  };
  expect(await run(40, { share: 0, items: 2 })).toBe(2);
  expect(await run(40, { share: 0, items: 2 })).toBe(0);
  // a share of what was there before: 0.6 of five
  expect(await run(40, { share: 0.6, items: 2 })).toBe(1);
  expect(await run(42, { share: 0.1, items: 1_000 })).toBe(2);
});
