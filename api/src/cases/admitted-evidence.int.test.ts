import { takePhoto } from "@mingcha/infra/testing";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { dockFileReasons } from "@mingcha/models/dock";
import { afterAll, expect, test } from "vitest";
import { createOnSiteTeam } from "../testing/on-site-team.ts";
import { passed } from "../testing/test-api.ts";

const { api, people, step, officers } = await createOnSiteTeam();
afterAll(() => api.close());
const { db } = api.deps;

/** As ingest leaves a dock's file that a monitor had taken in though it did not agree with its message. */
async function takenOnAWord(clip: { id: string; sourceId: string }): Promise<void> {
  const monitor = await api.signIn("monitor-word", ["monitor"]);
  const sn = "7CTDM3A00E0001";
  await db.dock.create({ data: { sn, name: "机场", sourceId: clip.sourceId, bindingCode: "X" } });
  await db.dockFlight.create({ data: { sn, flightId: "f1" } });
  const intake = await db.intake.create({
    data: {
      via: "dock",
      fileName: "a.mp4",
      stagedPath: "",
      dedupeKey: `dock:${clip.id}`,
      sizeBytes: 1n,
      clipId: clip.id,
    },
  });
  await db.clip.update({ where: { id: clip.id }, data: { intakeId: intake.id } });
  const { zh, en } = dockFileReasons.overwritten;
  const file = await db.dockFile.create({
    data: {
      sn,
      flightId: "f1",
      objectKey: `${sn}/f1/a.mp4`,
      name: "a.mp4",
      state: "mismatch",
      reasonCode: "overwritten",
      reasonZh: zh,
      reasonEn: en,
      foundBy: "notice",
      etag: "e1",
      laterEtag: "e2",
    },
  });
  const body = { step: "admit", version: 1, etag: "e2", reason: "机场重传过" };
  const decided = await monitor.call("POST", `/api/docks/${sn}/files/${file.id}/decisions`, body);
  expect(decided.statusCode, decided.body).toBe(200);
  await db.dockFile.update({
    where: { id: file.id },
    data: { state: "taken", reasonCode: null, attempt: 2, admission: 1, intakeId: intake.id },
  });
}

test("the list of evidence tells of an original that was taken in on a person's word, and does not call it what a device recorded", async () => {
  const listed = async (isAdmitted: boolean) => {
    const id = await api.seedClue();
    const { flag } = await db.clue.findUniqueOrThrow({ where: { id }, include: { flag: true } });
    if (isAdmitted) await takenOnAWord(await db.clip.findFirstOrThrow({ where: { sourceId: flag.sourceId } }));
    await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
    await step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
    await step(people.one, id, "dissuade", {
      dissuasion: { channel: "on_site", recipient: "摊主", correctWithinMin: 0 },
    });
    await step(people.one, id, "not_corrected", { note: "仍在" });
    const { caseId } = (await step(people.one, id, "file", officers())).json();
    // pictures that can be printed
    const { sha256 } = await api.deps.store.putBytes(await takePhoto());
    await db.evidence.updateMany({ where: { flagId: flag.id }, data: { sha256 } });
    const drafted = await people.one.call("POST", `/api/cases/${caseId}/documents`, { template: "evidence-list" });
    expect(drafted.statusCode, drafted.body).toBe(200);
    const { facts } = await db.document.findUniqueOrThrow({ where: { id: drafted.json().id } });
    return (facts as unknown as { evidence: { parentSha256: string | null; method: string; remark: string | null }[] })
      .evidence;
  };
  const [original, ...cut] = await listed(true);
  expect(original).toMatchObject({
    parentSha256: null,
    method: expect.not.stringContaining("设备原始记录"),
    remark: expect.stringMatching(/通知之后对象被改写.*决定照原样入库（对象 e2）：机场重传过/),
  });
  expect(cut.map(({ remark }) => remark)).toEqual(cut.map(() => null));
  const [other] = await listed(false);
  expect(other).toMatchObject({ method: "设备原始记录，未经任何处理", remark: null });
});
