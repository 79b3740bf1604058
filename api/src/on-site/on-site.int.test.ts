import { takePhoto } from "@mingcha/infra/testing";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { afterAll, describe, expect, test } from "vitest";
import { checkOnSite, phoneOf, saidOnSite } from "../testing/on-site.ts";
import { type Caller, createOnSiteTeam } from "../testing/on-site-team.ts";
import { passed } from "../testing/test-api.ts";
import { untilWaiting } from "../testing/until-waiting.ts";

const { api, people, step, officers, admissible, dispatched, one } = await createOnSiteTeam();
afterAll(() => api.close());

describe("sending two officers", () => {
  test("names them; the check appears in the list of each and of nobody else", async () => {
    const id = await dispatched();
    const mine = async (who: Caller) =>
      (await who.call("GET", "/api/on-site")).json().items.filter((item: { clueId: string }) => item.clueId === id);
    expect(await mine(people.one)).toHaveLength(1);
    expect(await mine(people.two)).toMatchObject([{ state: "OPEN", photos: 0, dispatchedBy: "人员dispatcher" }]);
    expect(await mine(people.stranger)).toEqual([]);
  });
  test("refuses one officer, the same twice, one without qualification, and one who reviewed the record", async () => {
    const id = await admissible(people.reviewer);
    const of = (...who: Caller[]) => ({ handlerIds: who.map(({ person }) => person.id) });
    expect((await step(people.dispatcher, id, "dispatch", of(people.one))).statusCode).toBe(400);
    expect((await step(people.dispatcher, id, "dispatch", of(people.one, people.one))).statusCode).toBe(400);
    expect((await step(people.dispatcher, id, "dispatch", of(people.one, people.expired))).json()).toMatchObject({
      guard: "G-11",
    });
    expect((await step(people.dispatcher, id, "dispatch", of(people.one, people.reviewer))).json()).toMatchObject({
      guard: "H-06",
    });
    expect((await step(people.tech, id, "dispatch", officers())).statusCode).toBe(403);
    expect(await api.deps.db.onSiteCheck.count({ where: { clueId: id } })).toBe(0);
  });
  test("the database itself refuses a reviewer as officer and an officer as reviewer", async () => {
    const id = await dispatched();
    const officer = { clueId: id, round: 1, result: "pass", reviewerId: people.one.person.id, checklist: [] };
    await expect(api.deps.db.review.create({ data: { ...officer, kind: "merged" } })).rejects.toThrow(/may not review/);
    const { id: _id, ...row } = await api.deps.db.onSiteCheck.findFirstOrThrow({ where: { clueId: id } });
    const copy = { ...row, findings: {}, state: "WITHDRAWN" as const, secondOfficerId: people.tech.person.id };
    await expect(api.deps.db.onSiteCheck.create({ data: copy })).rejects.toThrow(/may not handle/);
  });
  test("an unsure review leaves nobody there: a handler sends two, and only one check is under way at a time", async () => {
    const id = await api.seedClue();
    await step(people.tech, id, "tech_unsure", { note: "看不清" });
    const send = (who: Caller) =>
      who.call("POST", `/api/clues/${id}/on-site`, { officerIds: officers().handlerIds, note: "看门口" });
    expect((await people.dispatcher.call("GET", `/api/clues/${id}/on-site`)).json()).toEqual({
      checks: [],
      mayDispatch: true,
    });
    expect((await send(people.tech)).statusCode).toBe(403);
    const answers = await Promise.all([send(people.dispatcher), send(people.dispatcher)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const reviewer = { officerIds: [people.one.person.id, people.reviewer.person.id] };
    expect((await people.dispatcher.call("POST", `/api/clues/${id}/on-site`, reviewer)).statusCode).toBe(409);
  });
});

test("a check opened while the record comes into a new round belongs to that round, and is the only one under way", async () => {
  const id = await api.seedClue();
  await step(people.tech, id, "tech_unsure", { note: "看不清" });
  const send = () => people.dispatcher.call("POST", `/api/clues/${id}/on-site`, { officerIds: officers().handlerIds });
  const sending = await api.deps.db.$transaction(async (tx) => {
    await tx.clue.update({ where: { id }, data: { round: { increment: 1 } } });
    const answer = send();
    await untilWaiting(api.deps.db);
    return { answer };
  });
  expect((await sending.answer).statusCode).toBe(200);
  expect(await api.deps.db.onSiteCheck.findMany({ where: { clueId: id } })).toMatchObject([
    { round: 2, state: "OPEN" },
  ]);
  expect((await send()).json()).toMatchObject({ code: "ON_SITE_UNDER_WAY" });
});

describe("what the officers write", () => {
  test("from an old page is refused; what the party said and its name stand in no log and are not for everybody", async () => {
    const id = await dispatched();
    const { id: checkId, version } = await one().check(id);
    const said = {
      ...saidOnSite,
      party: "named",
      partyName: "赵某某",
      partySaid: "马上收走",
      idShown: true,
      rightsTold: true,
    };
    expect((await people.one.call("PATCH", `/api/on-site/${checkId}`, { version, ...said })).statusCode).toBe(200);
    expect(
      (await people.two.call("PATCH", `/api/on-site/${checkId}`, { version, findings: "另一种说法" })).json(),
    ).toMatchObject({
      code: "STALE",
    });
    expect((await one().check(id)).findings).toMatchObject({ partyName: "赵某某", findings: saidOnSite.findings });
    expect((await phoneOf(api, people.monitor).check(id)).findings).toMatchObject({ partyName: "", partySaid: "" });
    const log = await api.deps.db.custody.findMany({ where: { subject: `clue:${id}` } });
    expect(log.map(({ body }) => Buffer.from(body).toString("utf8")).join()).not.toMatch(/赵某某|马上收走/);
  });
  test("that nobody said who they were leaves no name", async () => {
    const id = await dispatched();
    await one().save(id, { ...saidOnSite, party: "unnamed", partyName: "赵某某" });
    expect((await one().check(id)).findings.partyName).toBe("");
  });
});

describe("what comes of it", () => {
  test("G-09: a drone's record never comes to a case without the check, by whatever way", async () => {
    const id = await admissible();
    expect((await step(people.one, id, "ready")).json()).toMatchObject({ guard: "G-09" });
    await step(people.one, id, "dissuade", {
      dissuasion: { channel: "on_site", recipient: "摊主", correctWithinMin: 0 },
    });
    expect((await step(people.one, id, "not_corrected", { note: "仍在" })).json()).toMatchObject({ guard: "G-09" });
    for (const event of ["file", "confirm_on_site", "ready_verified"])
      expect((await step(people.one, id, event, officers())).json().code).toBe("NO_SUCH_STEP");
    expect(await api.deps.db.case.count({ where: { clueId: id } })).toBe(0);
  });
  test("nothing found ends the record, with photos of the place and both names", async () => {
    const id = await dispatched();
    expect((await step(people.one, id, "not_found")).json()).toMatchObject({ guard: "H-05" });
    await checkOnSite(api, id, [people.one, people.two], { result: "not_found", findings: "现场整洁，无摊位" });
    expect((await step(people.one, id, "not_found")).json()).toMatchObject({ state: "CLOSED_NOT_FOUND" });
  });
  test("officers who cannot tell settle nothing: others are sent, or a handler proposes to close", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two], { result: "cannot_tell" });
    for (const event of ["confirm_on_site", "not_found"])
      expect((await step(people.one, id, event)).json()).toMatchObject({ guard: "H-05" });
    const others = { officerIds: [people.stranger.person.id, people.dispatcher.person.id] };
    expect((await people.dispatcher.call("POST", `/api/clues/${id}/on-site`, others)).statusCode).toBe(200);
    expect((await one().sign(id)).json()).toMatchObject({ code: "ON_SITE_NOT_YOURS" });
    expect(await one().checks(id)).toMatchObject([{ state: "OPEN" }, { state: "SIGNED_BY_BOTH" }]);
    const closed = await step(people.dispatcher, id, "propose_close", { reasonCode: "not_proven" });
    expect(closed.json()).toMatchObject({ state: "CLOSE_PROPOSED" });
  });
  test("a withdrawn check takes nothing more; its officers, who sent them and the head may withdraw it", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const withdraw = (who: Caller) => who.call("POST", `/api/on-site/${checkId}/withdraw`, { reason: "雨太大" });
    expect((await withdraw(people.stranger)).statusCode).toBe(403);
    expect((await withdraw(people.head)).statusCode).toBe(200);
    expect((await one().send(checkId, await takePhoto())).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
    expect((await withdraw(people.one)).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
    expect((await step(people.one, id, "confirm_on_site")).json().code).toBe("GUARD_REFUSED");
  });
  test("a check that is withdrawn does not bring back the one before it", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two]);
    await step(people.one, id, "confirm_on_site");
    const dissuasion = { channel: "on_site", recipient: "摊主", correctWithinMin: 0 };
    await step(people.one, id, "dissuade", { dissuasion });
    await step(people.dispatcher, id, "dispatch", officers());
    await checkOnSite(api, id, [people.one, people.two], { result: "not_found", findings: "现场没有摊位" });
    const { id: newest } = await one().check(id);
    expect((await people.one.call("POST", `/api/on-site/${newest}/withdraw`, { reason: "写错" })).statusCode).toBe(200);
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ code: "GUARD_REFUSED" });
    const settle = api.deps.db.clue.update({ where: { id }, data: { state: "VERIFIED" } });
    await expect(settle).rejects.toThrow(/signed by both/);
  });
  test("G-09: what was confirmed on site is asked anew when the record is reviewed again", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two]);
    await step(people.one, id, "confirm_on_site");
    await step(people.one, id, "review_again", { note: "再审" });
    await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
    await step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
    expect((await step(people.one, id, "ready")).json()).toMatchObject({ guard: "G-09" });
  });
  test("a new round of reviews needs a check of its own", async () => {
    const id = await dispatched();
    await checkOnSite(api, id, [people.one, people.two]);
    await step(people.one, id, "confirm_on_site");
    await step(people.one, id, "review_again", { note: "再审" });
    const other = await api.signIn(`tech-${id.slice(0, 8)}`, ["technical_reviewer"]);
    await step(other, id, "tech_unsure", { note: "仍看不清" });
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({
      guard: expect.stringMatching(/G-11|H-05/),
    });
    expect((await people.dispatcher.call("GET", `/api/clues/${id}/on-site`)).json()).toMatchObject({
      mayDispatch: true,
    });
  });
  test("whoever checked on site does not review the record afterwards (G-08)", async () => {
    const both = await api.signIn("both-ways", ["legal_reviewer", "handler"]);
    const id = await admissible();
    await step(people.dispatcher, id, "dispatch", { handlerIds: [people.one.person.id, both.person.id] });
    await checkOnSite(api, id, [people.one, both]);
    await step(people.one, id, "confirm_on_site");
    await step(people.one, id, "review_again", { note: "再审" });
    await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
    expect((await step(both, id, "legal_pass", { checklist: passed(legalQuestions) })).json()).toMatchObject({
      guard: "G-08",
    });
  });
});

test("the photos stand in the case's list of evidence, the facts say who checked, and the record of the inspection is drafted with its blanks", async () => {
  const id = await dispatched();
  await checkOnSite(api, id, [people.one, people.two]);
  await step(people.one, id, "confirm_on_site");
  await step(people.one, id, "dissuade", {
    dissuasion: { channel: "on_site", recipient: "摊主", correctWithinMin: 0 },
  });
  await step(people.one, id, "not_corrected", { note: "仍在" });
  const { caseId } = (await step(people.one, id, "file", officers())).json();
  const detail = (await people.one.call("GET", `/api/cases/${caseId}`)).json();
  expect(detail.factsText).toContain("人员one、人员two到现场核查，结论：核查属实");
  const draft = async (template: string) => {
    const drafted = (await people.one.call("POST", `/api/cases/${caseId}/documents`, { template })).json();
    const { facts } = await api.deps.db.document.findUniqueOrThrow({ where: { id: drafted.id } });
    return { drafted, facts: facts as unknown as { evidence: { name: string; sha256: string }[]; onSite: object } };
  };
  const record = await draft("on-site-record");
  expect(record.drafted.missing.map(({ field }: { field: string }) => field)).toEqual([
    "onSite.weather",
    "onSite.measures",
  ]);
  expect(record.facts.onSite).toMatchObject({ findings: saidOnSite.findings, photoNos: [6, 7] });
  const photos = await api.deps.db.onSitePhoto.findMany({
    where: { check: { clueId: id } },
    orderBy: { receivedAt: "asc" },
  });
  expect(record.facts.evidence.slice(-3)).toMatchObject([
    { name: "现场照片（全景）", sha256: photos[0]?.sha256 },
    { name: "现场照片（近景）", sha256: photos[1]?.sha256 },
    { name: "现场检查（勘验）记录", sha256: (await one().check(id)).contentSha256 },
  ]);
  expect(detail).toMatchObject({ leftOut: null, originals: [{}], evidence: [{}, {}, {}, {}] });
});
