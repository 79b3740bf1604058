import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { fieldRuleVersion } from "@mingcha/models/field";
import { afterAll, expect, test } from "vitest";
import { phoneOf, saidOnSite } from "../testing/on-site.ts";
import { createOnSiteTeam } from "../testing/on-site-team.ts";
import { seedRecording } from "../testing/seed-recording.ts";

const main = fileURLToPath(new URL("../testing/match-main.ts", import.meta.url));
const { api, people, dispatched } = await createOnSiteTeam();
const running = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await api.close();
});
const { db } = api.deps;
const clips = 120;

function start(): ChildProcess {
  const child = fork(main, [], {
    env: { ...process.env, DATABASE_URL: api.deps.databaseUrl, LOG_LEVEL: "error" },
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  running.add(child);
  return child;
}
const matched = () => db.fieldRecording.count({ where: { matchedAt: { gt: new Date(0) } } });

test("killed at any moment, each recording has been laid beside the check once and whole, or not at all", async () => {
  const clueId = await dispatched();
  await phoneOf(api, people.one).save(clueId, saidOnSite);
  const arrivedMs = Date.parse(saidOnSite.arrivedAt);
  for (let nth = 0; nth < clips; nth++)
    await seedRecording(api, {
      sourceId: "body-kills",
      startedAt: new Date(arrivedMs + nth * 1_000),
      durationMs: 60_000,
      everyMs: 10_000,
      track: () => saidOnSite.position,
    });
  await db.deviceRecord.create({
    data: {
      sourceId: "body-kills",
      kind: "carrier",
      validFrom: new Date(0),
      reference: "领用单1",
      details: { personId: people.one.person.id },
    },
  });
  const stops = [10, 40, 80];
  for (const wanted of stops) {
    const child = start();
    const gone = new Promise((resolve) => child.once("exit", resolve));
    for (let tries = 0; (await matched()) < wanted; tries++) {
      if (tries > 3_000) throw new Error("waited too long");
      await sleep(5);
    }
    child.kill("SIGKILL");
    await gone;
    const rows = await db.fieldRecording.findMany();
    const said = await db.fieldDecision.groupBy({ by: ["clipId"], _count: { _all: true } });
    // what is there is whole: a state of its own and the one proposal that it rests on
    for (const row of rows)
      expect([row.state, row.version, row.ruleVersion]).toEqual(["PROPOSED", 1, fieldRuleVersion]);
    expect(said.map(({ _count }) => _count._all)).toEqual(rows.map(() => 1));
  }
  const child = start();
  for (let tries = 0; (await matched()) < clips; tries++) {
    if (tries > 3_000) throw new Error("waited too long");
    await sleep(20);
  }
  // and a while of matching what is matched
  await sleep(500);
  child.kill("SIGKILL");
  expect(await db.fieldDecision.count()).toBe(clips);
  expect(await db.fieldRecording.count({ where: { state: "PROPOSED", version: 1 } })).toBe(clips);
});
