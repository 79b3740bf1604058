import { technicalQuestions } from "@mingcha/models/clue";
import { afterAll, describe, expect, test } from "vitest";
import { checkOnSite, saidOnSite } from "../testing/on-site.ts";
import { createOnSiteTeam } from "../testing/on-site-team.ts";
import { passed } from "../testing/test-api.ts";

const { api, people, step, officers, admissible } = await createOnSiteTeam();
afterAll(() => api.close());

describe("an order to correct, and two officers who look again (G-12)", () => {
  const order = (correctWithinMin: number) => ({
    dissuasion: { channel: "on_site", recipient: "摊主", correctWithinMin },
  });
  async function checkedAfter(correctWithinMin: number, said: () => object): Promise<string> {
    const id = await admissible();
    expect((await step(people.one, id, "dissuade", order(correctWithinMin))).statusCode).toBe(200);
    await step(people.dispatcher, id, "dispatch", officers());
    await checkOnSite(api, id, [people.one, people.two], said());
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
    return id;
  }
  const now = () => ({ arrivedAt: new Date().toISOString() });

  test("after the time allowed they are the looking again: the record can be filed, and the papers tell when they saw it", async () => {
    const id = await checkedAfter(0, now);
    expect((await step(people.one, id, "ready_verified")).json()).toMatchObject({ state: "READY_TO_FILE" });
    const { caseId } = (await step(people.one, id, "file", officers())).json();
    const { factsText } = (await people.one.call("GET", `/api/cases/${caseId}`)).json();
    expect(factsText).toMatch(/复查，结果：未改正/);
    await expect(api.deps.db.clue.findUniqueOrThrow({ where: { id } })).resolves.toMatchObject({
      recheck: "not_corrected",
    });
  });
  test("before it they are not, whatever their phone says of the hour", async () => {
    const later = () => ({ arrivedAt: new Date(Date.now() + 3_600_000).toISOString() });
    for (const id of [await checkedAfter(30, now), await checkedAfter(30, later)])
      expect((await step(people.one, id, "ready_verified")).json()).toMatchObject({ guard: "G-12" });
    const early = await checkedAfter(0, () => ({ arrivedAt: new Date(Date.now() - 60_000).toISOString() }));
    const refused = (await step(people.one, early, "ready_verified")).json();
    expect(refused).toMatchObject({ guard: "G-12", zh: expect.stringContaining("期限届满后尚未复查") });
  });
  test("another order asks for another look", async () => {
    const id = await checkedAfter(0, now);
    await step(people.one, id, "dissuade", order(30));
    expect((await step(people.one, id, "not_corrected", { note: "仍在" })).json()).toMatchObject({ guard: "G-12" });
  });
});

describe("a record that did not pass review and was checked on site", () => {
  /** A camera that lacked its papers: the reviewer could only send officers. */
  async function unsure(): Promise<string> {
    const id = await api.seedClue({ bareDevice: true });
    expect((await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) })).json()).toMatchObject({
      guard: "G-02",
    });
    expect((await step(people.tech, id, "tech_unsure", { note: "设备未公布" })).statusCode).toBe(200);
    const sent = { officerIds: officers().handlerIds };
    expect((await people.dispatcher.call("POST", `/api/clues/${id}/on-site`, sent)).statusCode).toBe(200);
    return id;
  }
  const dissuasion = { channel: "on_site", recipient: "摊主", correctWithinMin: 0 };
  async function toFile(id: string): Promise<void> {
    await checkOnSite(api, id, [people.one, people.two]);
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
    await step(people.one, id, "dissuade", { dissuasion });
    expect((await step(people.one, id, "not_corrected", { note: "仍在" })).json()).toMatchObject({
      state: "READY_TO_FILE",
    });
  }

  test("is filed on what two officers found; the device's pictures are no evidence, and page, papers and log say so", async () => {
    const id = await unsure();
    await toFile(id);
    const { caseId } = (await step(people.one, id, "file", officers())).json();
    const detail = (await people.one.call("GET", `/api/cases/${caseId}`)).json();
    expect(detail).toMatchObject({
      from: saidOnSite.arrivedAt,
      to: saidOnSite.arrivedAt,
      evidence: [],
      originals: [],
      leftOut: { zh: expect.stringContaining("未经审核"), en: expect.stringContaining("not reviewed"), items: 5 },
    });
    expect(detail.factsText).toContain("执法人员人员one、人员two到现场核查：在");
    expect(detail.factsText).toContain("不作为本案证据");
    expect(detail.factsText).not.toContain("摄像机");
    const clue = await api.deps.db.clue.findUniqueOrThrow({
      where: { id },
      include: { flag: { include: { evidence: true } } },
    });
    for (const template of ["evidence-list", "filing-approval", "penalty-notice"]) {
      const drafted = (await people.one.call("POST", `/api/cases/${caseId}/documents`, { template })).json();
      const row = await api.deps.db.document.findUniqueOrThrow({ where: { id: drafted.id } });
      const facts = row.facts as unknown as { evidence: { name: string; sha256: string }[] };
      expect(facts.evidence.map(({ name }) => name)).toEqual([
        "现场照片（全景）",
        "现场照片（近景）",
        "现场检查（勘验）记录",
      ]);
      for (const { sha256 } of clue.flag.evidence)
        expect(facts.evidence.map((item) => item.sha256)).not.toContain(sha256);
    }
    const filed = await api.deps.db.custody.findFirstOrThrow({
      where: { subject: `clue:${id}`, action: "clue.moved" },
      orderBy: { seq: "desc" },
    });
    expect(JSON.parse(Buffer.from(filed.body).toString("utf8")).detail).toMatchObject({
      event: "file",
      leftOut: "not_passed",
    });
  });

  test("goes nowhere before the officers confirmed it, below the server either", async () => {
    const id = await unsure();
    for (const event of ["ready", "ready_verified", "file"])
      expect((await step(people.one, id, event, officers())).json().code).toBe("NO_SUCH_STEP");
    const force = (data: object) => api.deps.db.clue.update({ where: { id }, data });
    await expect(force({ state: "READY_TO_FILE" })).rejects.toThrow(/without passed reviews/);
    await expect(force({ state: "READY_TO_FILE", confirmedOnSite: true })).rejects.toThrow(/without passed reviews/);
    await checkOnSite(api, id, [people.one, people.two]);
    await expect(force({ state: "ADMISSIBLE", confirmedOnSite: true })).rejects.toThrow(/without passed reviews/);
  });

  test("a new check that is not signed takes the old finding away, and whoever reviewed it does not handle it", async () => {
    const id = await unsure();
    await checkOnSite(api, id, [people.one, people.two]);
    await step(people.one, id, "confirm_on_site");
    await step(people.one, id, "dissuade", { dissuasion });
    await step(people.dispatcher, id, "dispatch", officers());
    await step(people.one, id, "propose_close", { reasonCode: "not_proven" });
    expect((await step(people.head, id, "refuse_close", { note: "应当立案" })).json()).toMatchObject({ guard: "G-07" });

    const reviewed = await api.seedClue({ bareDevice: true });
    await step(people.reviewer, reviewed, "tech_unsure", { note: "设备未公布" });
    await people.dispatcher.call("POST", `/api/clues/${reviewed}/on-site`, { officerIds: officers().handlerIds });
    await toFile(reviewed);
    const handlerIds = [people.one.person.id, people.reviewer.person.id];
    expect((await step(people.one, reviewed, "file", { handlerIds })).json()).toMatchObject({ guard: "G-07" });
    expect((await step(people.one, reviewed, "file", officers())).json()).toMatchObject({ state: "FILED" });
  });

  test("what a case was filed on stays, and no case takes pictures that did not pass", async () => {
    const id = await unsure();
    await toFile(id);
    const { caseId } = (await step(people.one, id, "file", officers())).json();
    const { db } = api.deps;
    await expect(db.case.update({ where: { id: caseId }, data: { leftOut: null } })).rejects.toThrow(/filed on stays/);
    const { id: _id, party: _p, proposal: _q, ...row } = await db.case.findUniqueOrThrow({ where: { id: caseId } });
    const other = await unsure();
    const copy = { ...row, dueDates: [], clueId: other, leftOut: null };
    await expect(db.case.create({ data: copy })).rejects.toThrow(/without passed reviews/);
  });
});
