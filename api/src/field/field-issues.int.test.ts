import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createFieldTeam } from "../testing/field-team.ts";
import { saidOnSite } from "../testing/on-site.ts";
import { passed } from "../testing/test-api.ts";

const { api, people, db, admin, step, checked, forgetChecks, issue, north, recorded, sweep, view } =
  await createFieldTeam();
afterAll(() => api.close());
beforeEach(forgetChecks);

const arrivedMs = Date.parse(saidOnSite.arrivedAt);
const hours = (after: number) => new Date(arrivedMs + after * 3_600_000).toISOString();
const sourceOf = async (clipId: string) => (await db.clip.findUniqueOrThrow({ where: { id: clipId } })).sourceId;

test("a camera issued to one officer and later to another is the other's alone from then on; taken back, it is the first one's again", async () => {
  await checked();
  const clipId = await recorded({ track: north(20) });
  const sourceId = await sourceOf(clipId);
  await sweep();
  expect(await view(clipId)).toMatchObject({ carriers: ["人员one"], options: [{ certainty: "certain" }] });
  const later = await issue(sourceId, people.stranger, { validFrom: hours(-1) });
  await sweep();
  expect(await view(clipId)).toMatchObject({ carriers: ["人员stranger"], options: [{ certainty: "possible" }] });
  await admin.call("POST", `/api/sources/${sourceId}/records/${later.json().id}/withdraw`, { reason: "登记有误" });
  await sweep();
  expect(await view(clipId)).toMatchObject({ carriers: ["人员one"], options: [{ certainty: "certain" }] });
});

test("an issue for some days ends the open one before it: what is recorded after those days has no carrier, and is looked at again", async () => {
  await checked();
  const clipId = await recorded({ track: north(20) });
  await sweep();
  expect((await view(clipId)).carriers).toEqual(["人员one"]);
  await issue(await sourceOf(clipId), people.stranger, { validFrom: hours(-48), validTo: hours(-24) });
  await sweep();
  expect((await view(clipId)).carriers).toEqual([]);
  expect(await db.fieldRecording.findUniqueOrThrow({ where: { clipId } })).toMatchObject({ officerIds: [] });
});

test("an issue within the stated period of another is refused with what would be allowed, also when both come at one moment", async () => {
  const clipId = await recorded({}, null);
  const sourceId = await sourceOf(clipId);
  const period = { validFrom: hours(0), validTo: hours(10) };
  const both = await Promise.all([people.one, people.two].map((who) => issue(sourceId, who, period)));
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400]);
  const within = await issue(sourceId, people.two, { validFrom: hours(5) });
  expect(within.json()).toMatchObject({ code: "BAD_INPUT" });
  expect(within.json().zh).toContain("领用单2026-1");
  expect(within.json().en).toContain("withdraw");
  expect((await issue(sourceId, people.two, { validFrom: hours(-5), validTo: hours(1) })).statusCode).toBe(400);
  expect((await issue(sourceId, people.two, { validFrom: hours(10) })).statusCode).toBe(200);
  expect((await issue(sourceId, people.two, { validFrom: hours(-5) })).statusCode).toBe(200);
});

test("who carried the camera collected its recordings and reviews none of them, whoever handed the files in; whoever had it later does", async () => {
  const from = new Date(saidOnSite.arrivedAt);
  const clueId = await api.seedClue({ kind: "body", sourceId: "body-of-act", from, collectorId: people.two.person.id });
  await issue("body-of-act", people.tech, { validFrom: hours(-1), validTo: hours(1) });
  await issue("body-of-act", people.legal, { validFrom: hours(1) });
  const pass = (who: typeof people.tech) => step(who, clueId, "tech_pass", { checklist: passed(technicalQuestions) });
  const refused = await pass(people.tech);
  expect(refused.json()).toMatchObject({ guard: "G-08" });
  expect(refused.json().zh).toContain("采集人");
  expect((await pass(await api.signIn("tech-other", ["technical_reviewer"]))).statusCode).toBe(200);
  const legal = await step(people.legal, clueId, "legal_pass", { checklist: passed(legalQuestions) });
  expect(legal.json().guard).not.toBe("G-08");
});
