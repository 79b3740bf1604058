import { appendCustody } from "@mingcha/infra/custody";
import { takePhoto } from "@mingcha/infra/testing";
import { technicalQuestions } from "@mingcha/models/clue";
import { afterAll, describe, expect, test } from "vitest";
import { phoneOf, saidOnSite } from "../testing/on-site.ts";
import { type Caller, createOnSiteTeam } from "../testing/on-site-team.ts";
import { passed } from "../testing/test-api.ts";
import { untilWaiting } from "../testing/until-waiting.ts";

const { api, people, step, officers, admissible } = await createOnSiteTeam();
afterAll(() => api.close());
const admin = await api.signIn("admin", ["administrator"]);
const { db } = api.deps;
type Answer = Awaited<ReturnType<Caller["call"]>>;

/** Two requests, the second begun while the first has collected its facts and stands before its commit: a real lock holds both. */
async function inThisOrder(first: () => Promise<Answer>, second: () => Promise<Answer>): Promise<[Answer, Answer]> {
  const both = await db.$transaction(
    async (tx) => {
      const actor = { kind: "machine", id: "test", name: "test" } as const;
      await appendCustody(tx, { action: "source.district_set", subject: "source:test", actor, detail: {} });
      const one = first();
      await untilWaiting(db, 1);
      const two = second();
      await untilWaiting(db, 2);
      return { one, two };
    },
    { timeout: 20_000 },
  );
  return [await both.one, await both.two];
}

const verdict = (who: Caller, id: string) => () =>
  step(who, id, "tech_pass", { checklist: passed(technicalQuestions) });
const recuse = (who: Caller, id: string) => () =>
  who.call("POST", `/api/clues/${id}/recusals`, { personId: who.person.id, reasonCode: "relative", note: "亲属" });
const stateOf = async (id: string) => (await db.clue.findUniqueOrThrow({ where: { id } })).state;
const certificateOf = async ({ person }: Caller) =>
  db.certificate.findFirstOrThrow({ where: { personId: person.id, kind: "enforcement" } });

describe("between the facts of a verdict and its commit", () => {
  test("a recusal that is entered refuses it, and nothing of it stays", async () => {
    const tech = await api.signIn("tech-recused", ["technical_reviewer"]);
    const id = await api.seedClue();
    const [recused, passing] = await inThisOrder(recuse(tech, id), verdict(tech, id));
    expect(recused.statusCode, recused.body).toBe(200);
    expect(passing.json()).toMatchObject({ code: "GUARD_REFUSED", guard: "G-08" });
    expect(await stateOf(id)).toBe("TECH_REVIEW");
    expect(await db.review.count({ where: { clueId: id } })).toBe(0);
    expect(await db.custody.count({ where: { subject: `clue:${id}`, action: "clue.moved" } })).toBe(0);
  });
  test("the other way round the verdict was given before the recusal, and stands so in the log", async () => {
    const tech = await api.signIn("tech-first", ["technical_reviewer"]);
    const id = await api.seedClue();
    const [passing, recused] = await inThisOrder(verdict(tech, id), recuse(tech, id));
    expect([passing.statusCode, recused.statusCode]).toEqual([200, 200]);
    const log = await db.custody.findMany({ where: { subject: `clue:${id}` }, orderBy: { seq: "asc" } });
    expect(log.map(({ action }) => action).slice(-2)).toEqual(["clue.moved", "recusal.declared"]);
  });
  test("a certificate that is withdrawn refuses it", async () => {
    const tech = await api.signIn("tech-withdrawn", ["technical_reviewer"]);
    const id = await api.seedClue();
    const { id: certificateId } = await certificateOf(tech);
    const url = `/api/people/${tech.person.id}/certificates/${certificateId}/withdraw`;
    const [withdrawn, passing] = await inThisOrder(
      () => admin.call("POST", url, { reason: "录错" }),
      verdict(tech, id),
    );
    expect(withdrawn.statusCode, withdrawn.body).toBe(200);
    expect(passing.json()).toMatchObject({ guard: "G-08" });
    expect(await stateOf(id)).toBe("TECH_REVIEW");
  });
  test.each([
    ["is disabled", { disabled: true }, { code: "NOT_SIGNED_IN" }],
    ["loses the duty", { duties: ["monitor"] }, { code: "WRONG_ROLE" }],
    ["gets another district", { districts: ["lujiazui"] }, { code: "WRONG_DISTRICT" }],
  ])("an account that %s refuses it", async (name, change, refused) => {
    const tech = await api.signIn(`tech ${name}`, ["technical_reviewer"]);
    const id = await api.seedClue();
    const { version } = await db.person.findUniqueOrThrow({ where: { id: tech.person.id } });
    const [changed, passing] = await inThisOrder(
      () => admin.call("PATCH", `/api/people/${tech.person.id}`, { version, ...change }),
      verdict(tech, id),
    );
    expect(changed.statusCode, changed.body).toBe(200);
    expect(passing.json()).toMatchObject(refused);
    expect(await stateOf(id)).toBe("TECH_REVIEW");
  });
  test("an officer who is named and turns out recused, or without a certificate, is not sent, by whatever way", async () => {
    const officer = await api.signIn("officer-recused", ["handler"]);
    const named = { handlerIds: [people.one.person.id, officer.person.id] };
    const id = await admissible();
    const [, sent] = await inThisOrder(recuse(officer, id), () => step(people.dispatcher, id, "dispatch", named));
    expect(sent.json()).toMatchObject({ guard: "H-43" });
    expect(await db.onSiteCheck.count({ where: { clueId: id } })).toBe(0);

    const unsure = await api.seedClue();
    await step(people.tech, unsure, "tech_unsure", { note: "看不清" });
    const { id: certificateId } = await certificateOf(officer);
    const url = `/api/people/${officer.person.id}/certificates/${certificateId}/withdraw`;
    const [, again] = await inThisOrder(
      () => admin.call("POST", url, { reason: "录错" }),
      () => people.dispatcher.call("POST", `/api/clues/${unsure}/on-site`, { officerIds: named.handlerIds }),
    );
    expect(again.json()).toMatchObject({ guard: "G-11" });
    expect(await db.onSiteCheck.count({ where: { clueId: unsure } })).toBe(0);
    expect((await step(people.dispatcher, id, "dispatch", officers())).statusCode).toBe(200);
  });
  test("an officer who is recused does not sign what was found", async () => {
    const officer = await api.signIn("officer-signs", ["handler"]);
    const id = await admissible();
    await step(people.dispatcher, id, "dispatch", { handlerIds: [people.one.person.id, officer.person.id] });
    const phone = phoneOf(api, officer);
    const { id: checkId } = await phone.check(id);
    await phone.send(checkId, await takePhoto(), "kind=wide");
    await phone.send(checkId, await takePhoto(), "kind=close");
    await phone.save(id, saidOnSite);
    const { contentSha256 } = await phone.check(id);
    const body = { contentSha256, deviceKey: "device-officer-signs-0001" };
    const [, signed] = await inThisOrder(recuse(officer, id), () =>
      officer.call("POST", `/api/on-site/${checkId}/sign`, body),
    );
    expect(signed.json()).toMatchObject({ guard: "H-43" });
    expect(await db.onSiteSignature.count({ where: { checkId } })).toBe(0);
  });
});
