import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { takePhoto } from "@mingcha/infra/testing";
import { legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import type { CaseDetail, ClueDetail } from "@mingcha/models/http";
import { encodeLook } from "@mingcha/models/scene";
import { afterAll, expect, test } from "vitest";
import { checkOnSite } from "../testing/on-site.ts";
import { type Caller, createOnSiteTeam } from "../testing/on-site-team.ts";
import { passed } from "../testing/test-api.ts";
import { lookAgain } from "./look-again.ts";

const { api, people, step, officers } = await createOnSiteTeam();
afterAll(() => api.close());
const { db, store } = api.deps;
const footage = readFileSync(fileURLToPath(new URL("../../../models/demo/stall/clip.mp4", import.meta.url)));
const order = { dissuasion: { channel: "on_site", recipient: "摊主", correctWithinMin: 0 } };

async function reviewed(options: Parameters<typeof api.seedClue>[0] = {}): Promise<string> {
  const id = await api.seedClue(options);
  await step(people.tech, id, "tech_pass", { checklist: passed(technicalQuestions) });
  await step(people.legal, id, "legal_pass", { checklist: passed(legalQuestions) });
  return id;
}

/** A box that players pass over, so that no two clips have the same bytes. */
function freeBox(text: string): Buffer {
  const body = Buffer.from(`free${text}`);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 4);
  return Buffer.concat([size, body]);
}

/** Footage of the record's camera that comes in after the time allowed by the newest order, with one look four seconds into it. */
async function footageAfter(clueId: string, bytes: Buffer = footage) {
  const { sourceId } = await db.clue.findUniqueOrThrow({ where: { id: clueId } });
  const { correctBy } = await db.dissuasion.findFirstOrThrow({ where: { clueId }, orderBy: { sentAt: "desc" } });
  const startedAt = new Date(correctBy.getTime() - 2_000);
  const original = await store.putBytes(Buffer.concat([bytes, freeBox(clueId)]));
  const clip = await db.clip.create({
    data: {
      sourceId,
      fileName: "after.mp4",
      sha256: original.sha256,
      sizeBytes: original.sizeBytes,
      container: "mov",
      codec: "h264",
      widthPx: 1280,
      heightPx: 720,
      durationMs: 20_000,
      startedAt,
      startMethod: "uploader",
      startUncertaintyMs: 1_000,
      state: "DETECTED",
    },
  });
  const at = new Date(startedAt.getTime() + 4_000);
  await db.look.create({
    data: {
      clipId: clip.id,
      offsetMs: 4_000,
      sourceId,
      capturedAt: at,
      status: "seen",
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: encodeLook({ status: "seen", capturedAtMs: at.getTime(), offsetMs: 4_000, detections: [] }) as object,
    },
  });
  return { clip, at };
}
const logged = async (clueId: string) =>
  (await db.custody.findMany({ where: { subject: `clue:${clueId}`, action: "dissuasion.looked_again" } })).map(
    ({ body }) => JSON.parse(Buffer.from(body).toString("utf8")).detail,
  );
const caseOf = async (who: Caller, id: string) => (await who.call("GET", `/api/cases/${id}`)).json() as CaseDetail;

test("the first frame after the time allowed is kept with the hash of its original and of its picture, once, and never changed", async () => {
  const id = await reviewed();
  await step(people.one, id, "dissuade", order);
  expect(await lookAgain(api.deps)).toBe(0);
  const { clip, at } = await footageAfter(id);
  expect(await Promise.all([lookAgain(api.deps), lookAgain(api.deps)])).toContain(1);
  const [detail, ...others] = await logged(id);
  expect(others).toEqual([]);
  expect(detail).toMatchObject({
    clipSha256: clip.sha256,
    at: at.toISOString(),
    pictureSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await store.verify(detail.pictureSha256)).toBe(true);
  const { dissuasions } = (await people.one.call("GET", `/api/clues/${id}`)).json() as ClueDetail;
  expect(dissuasions[0]?.look).toMatchObject({ sha256: clip.sha256, pictureSha256: detail.pictureSha256 });
  for (const data of [{ lookState: "absent" }, { lookSha256: null }, { lookedAt: new Date(0) }])
    await expect(db.dissuasion.updateMany({ where: { clueId: id }, data })).rejects.toThrow(/stays as it was found/);
});

test("it stands in the evidence of the case and its papers as a kind of its own that no review has passed", async () => {
  const id = await reviewed();
  await step(people.one, id, "dissuade", order);
  const { clip, at } = await footageAfter(id);
  await lookAgain(api.deps);
  await step(people.one, id, "not_corrected", { note: "仍在" });
  const { caseId } = (await step(people.one, id, "file", officers())).json();
  const found = await caseOf(people.one, caseId);
  expect(found.rechecks).toMatchObject([{ at: at.toISOString(), clipId: clip.id, sha256: clip.sha256, state: null }]);
  expect(found.originals.map(({ sha256 }) => sha256)).not.toContain(clip.sha256);
  expect(found.factsText).toMatch(/复查，结果：未改正（证据6、证据7）/);
  // pictures that can be printed
  const { flagId } = await db.clue.findUniqueOrThrow({ where: { id } });
  const { sha256 } = await store.putBytes(await takePhoto());
  await db.evidence.updateMany({ where: { flagId }, data: { sha256 } });
  const drafted = await people.one.call("POST", `/api/cases/${caseId}/documents`, { template: "evidence-list" });
  expect(drafted.statusCode, drafted.body).toBe(200);
  const { facts } = await db.document.findUniqueOrThrow({ where: { id: drafted.json().id } });
  const items = (facts as unknown as { evidence: { origin: string; sha256: string; method: string }[] }).evidence;
  expect(items.filter(({ origin }) => origin === "recheck")).toMatchObject([
    { sha256: clip.sha256, method: expect.stringContaining("未经技术、法制审核") },
    { sha256: found.rechecks[0]?.pictureSha256, parentSha256: clip.sha256 },
  ]);
});

test("an original that no picture can be cut from is kept by its hash alone", async () => {
  const id = await reviewed();
  await step(people.one, id, "dissuade", order);
  const { clip } = await footageAfter(id, Buffer.from("no film "));
  expect(await lookAgain(api.deps)).toBe(1);
  expect(await logged(id)).toMatchObject([{ clipSha256: clip.sha256, pictureSha256: null }]);
});

test("where the device's pictures are left out of a case, so is what it saw afterwards", async () => {
  const id = await api.seedClue({ bareDevice: true });
  await step(people.tech, id, "tech_unsure", { note: "设备未公布" });
  await people.dispatcher.call("POST", `/api/clues/${id}/on-site`, { officerIds: officers().handlerIds });
  await checkOnSite(api, id, [people.one, people.two]);
  await step(people.one, id, "confirm_on_site");
  await step(people.one, id, "dissuade", order);
  const { clip } = await footageAfter(id);
  await lookAgain(api.deps);
  await step(people.one, id, "not_corrected", { note: "仍在" });
  const { caseId } = (await step(people.one, id, "file", officers())).json();
  const found = await caseOf(people.one, caseId);
  expect(found).toMatchObject({ rechecks: [], leftOut: { items: 7 } });
  const drafted = (
    await people.one.call("POST", `/api/cases/${caseId}/documents`, { template: "evidence-list" })
  ).json();
  const { facts } = await db.document.findUniqueOrThrow({ where: { id: drafted.id } });
  const { evidence } = facts as unknown as { evidence: { sha256: string }[] };
  expect(evidence.map(({ sha256 }) => sha256)).not.toContain(clip.sha256);
});
