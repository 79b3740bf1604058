import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { demoClips } from "./demo-clips.ts";
import { removeFolder, startSystem, waitFor } from "./system.ts";

interface FlagRow {
  source_id: string;
  violation: string;
  zone_id: string;
  from_s: number;
}

const flagsSql = `select f.source_id, f.violation, f.zone_id, extract(epoch from f.from_at)::float as from_s from flag f order by 1, 2, 3, 4`;

test("detector and api killed in the middle of the demo: every clip is processed, no flag doubled, none lost", async () => {
  const clips = demoClips();
  const system = await startSystem();
  try {
    const kills: string[] = [];
    // The detector right away, while it looks at the first clip; the api between; then the detector again.
    for (const name of ["detector", "api", "detector"]) {
      const before = system.pidOf(name);
      process.kill(before, "SIGKILL");
      kills.push(name);
      await waitFor(() => system.pidOf(name) !== before, 60_000, system.output);
      await sleep(1_500);
    }
    const done = async () => (await system.query("select 1 from clip where state = 'DETECTED'")).length;
    await waitFor(
      async () => (await done()) === clips.length,
      240_000,
      async () => `${await done()} of ${clips.length} clips; ${system.output()}`,
    );
    const expected = clips
      .flatMap((clip) => clip.truth.violations.map((item) => `${clip.scene.source.id} ${item.violation} ${item.zone}`))
      .sort();
    const flags = await system.query<FlagRow>(flagsSql);
    expect(flags.map((flag) => `${flag.source_id} ${flag.violation} ${flag.zone_id}`).sort()).toEqual(expected);
    // Every flag has its clue and its pictures, although the processes that owed them were killed.
    await waitFor(
      async () =>
        (
          await system.query(
            "select 1 from flag f left join clue c on c.flag_id = f.id where c.id is null or f.evidence_to is null",
          )
        ).length === 0,
      120_000,
      system.output,
    );
    const doubled = await system.query("select clip_id, offset_ms from look group by 1, 2 having count(*) > 1");
    expect(doubled).toEqual([]);
    expect(kills).toHaveLength(3);
    expect(system.output()).toMatch(/detector ended \(SIGKILL\); starting it again/);
  } finally {
    expect(await system.stop()).toBe(0);
    removeFolder(system.dataFolder);
  }
});

test("the supervisor itself killed: nothing it started goes on alone, and the next start goes on where it was", async () => {
  const clips = demoClips();
  const first = await startSystem();
  await waitFor(async () => (await first.query("select 1 from clip")).length > 0, 60_000, first.output);
  const pids = ["api", "ingest", "detector"].map((name) => first.pidOf(name));
  await first.kill();
  await waitFor(() => pids.every((pid) => !isAlive(pid)), 30_000);

  const second = await startSystem({}, first.dataFolder);
  try {
    const done = async () => (await second.query("select 1 from clip where state = 'DETECTED'")).length;
    await waitFor(async () => (await done()) === clips.length, 240_000, second.output);
    const flags = await second.query<FlagRow>(flagsSql);
    expect(flags).toHaveLength(clips.reduce((sum, clip) => sum + clip.truth.violations.length, 0));
    expect(second.password).toBe(first.password);
  } finally {
    expect(await second.stop()).toBe(0);
    removeFolder(second.dataFolder);
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
