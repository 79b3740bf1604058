import { afterAll, beforeEach, expect, test } from "vitest";
import { createFieldTeam } from "../testing/field-team.ts";
import { createFieldMatching } from "./match-due.ts";

const { api, db, before, checked, forgetChecks, match, north, recorded, view } = await createFieldTeam();
afterAll(() => api.close());
beforeEach(forgetChecks);

test("recordings that cannot be matched keep no other waiting, are asked again ever more rarely, and are matched when they can be", async () => {
  const clueId = await checked();
  const good = await recorded({ track: north(20) });
  const bad: string[] = [];
  for (let nth = 0; nth < 45; nth++)
    bad.push(await recorded({ sourceId: "body-bad", startedAt: before(-60 - nth), durationMs: 1_000 }, null));
  await db.$executeRawUnsafe(
    `create function break_bad() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`,
  );
  await db.$executeRawUnsafe(
    `create trigger bad before insert on field_recording for each row when (new.source_id = 'body-bad') execute function break_bad()`,
  );
  let nowMs = Date.now();
  const tries = new Map<string, number>();
  const warn = ({ clipId }: { clipId: string }) => tries.set(clipId, (tries.get(clipId) ?? 0) + 1);
  const matching = createFieldMatching({ db, log: { ...api.deps.log, warn } as typeof api.deps.log }, () => nowMs);
  for (let turn = 0; turn < 60; turn++) {
    await matching();
    nowMs += 3_000;
  }
  expect((await view(good)).options).toMatchObject([{ clueId, certainty: "certain" }]);
  expect([...tries.keys()].sort()).toEqual([...bad].sort());
  for (const times of tries.values()) expect([times > 2, times < 8]).toEqual([true, true]);
  await db.$executeRawUnsafe("drop trigger bad on field_recording");
  for (let turn = 0; turn < 3; turn++) {
    nowMs += 3_600_000;
    await matching();
  }
  expect(await db.fieldRecording.count({ where: { clipId: { in: bad } } })).toBe(bad.length);
});

test("a check whose findings cannot be read keeps no recording from being laid beside the others", async () => {
  const unreadable = await checked();
  const clueId = await checked();
  const broken = { arrivedAt: "gestern", position: "dort" };
  await db.onSiteCheck.updateMany({ where: { clueId: unreadable }, data: { findings: broken } });
  const clipId = await recorded({ track: north(20) });
  await match(clipId);
  expect((await view(clipId)).options).toContainEqual(expect.objectContaining({ clueId }));
  await createFieldMatching(api.deps)();
});
