import { afterAll, beforeEach, expect, test } from "vitest";
import { createFieldTeam } from "../testing/field-team.ts";
import type { Caller } from "../testing/on-site-team.ts";

const { api, people, db, before, checked, decide, forgetChecks, match, north, recorded, view } =
  await createFieldTeam();
afterAll(() => api.close());
beforeEach(forgetChecks);

const unlinked = (clueId: string) =>
  db.custody
    .findMany({ where: { subject: `clue:${clueId}`, action: "field.unlinked" } })
    .then((rows) => rows.map(({ body }) => Buffer.from(body).toString("utf8")));

/** A recording of a check; linked with it unless said otherwise. */
async function ofCheck({ district, isLinked = true }: { district?: string; isLinked?: boolean } = {}) {
  const clueId = await checked();
  const clipId = await recorded({ track: north(20), ...(district === undefined ? {} : { district }) });
  await match(clipId);
  const [option] = (await view(clipId)).options;
  if (isLinked)
    expect((await decide(people.one, clipId, { step: "confirmed", targetKey: option?.key })).json()).toMatchObject({
      state: "MATCHED",
    });
  return { clueId, clipId };
}
async function recusedFrom(clueId: string, name: string): Promise<Caller> {
  const recused = await api.signIn(name, ["handler"]);
  const said = { personId: recused.person.id, reasonCode: "business", note: "有往来" };
  expect((await recused.call("POST", `/api/clues/${clueId}/recusals`, said)).statusCode).toBe(200);
  return recused;
}
const nothing = { step: "nothing", reason: "设备自检" };

test("who is recused from a record takes no recording from it by saying that it belongs to nothing: neither linked nor proposed", async () => {
  for (const isLinked of [true, false]) {
    await forgetChecks();
    const { clueId, clipId } = await ofCheck({ isLinked });
    const recused = await recusedFrom(clueId, `recused-${isLinked}`);
    expect((await decide(recused, clipId, nothing)).json()).toMatchObject({ guard: "H-43" });
    const seen = await view(clipId, recused);
    expect(seen.state).toBe(isLinked ? "MATCHED" : "PROPOSED");
    expect(seen.barred?.zh).toContain("回避");
    expect(await unlinked(clueId)).toEqual([]);
  }
});

test("who works in the device's district alone takes no recording from a record of another", async () => {
  const { clueId, clipId } = await ofCheck({ district: "lujiazui" });
  const ofDevice = await api.signIn("of-device", ["handler"], { districts: ["lujiazui"] });
  expect((await decide(ofDevice, clipId, nothing)).json()).toMatchObject({ code: "WRONG_DISTRICT" });
  expect((await view(clipId)).state).toBe("MATCHED");
  expect(await unlinked(clueId)).toEqual([]);
});

test("who may say it of the record does, and the record's own chain tells it; one that was joined to another is no obstacle", async () => {
  const { clueId, clipId } = await ofCheck();
  await db.clue.update({ where: { id: clueId }, data: { state: "MERGED", mergedIntoId: await api.seedClue() } });
  expect((await decide(people.monitor, clipId, nothing)).json()).toMatchObject({ state: "ORPHAN" });
  expect(await unlinked(clueId)).toEqual([expect.stringContaining(clipId)]);
  expect(await db.custody.count({ where: { subject: `clip:${clipId}`, action: "field.nothing" } })).toBe(1);
});

test("a record that the rule did not find is linked by somebody of the device's district and the record's", async () => {
  const clipId = await recorded({ startedAt: before(900), district: "lujiazui" }, null);
  await match(clipId);
  const clueId = await api.seedClue();
  const { flag } = await db.clue.findUniqueOrThrow({ where: { id: clueId }, include: { flag: true } });
  await db.source.update({ where: { id: flag.sourceId }, data: { district: "weifang" } });
  const by = (name: string, districts: string[]) => api.signIn(name, ["handler"], { districts });
  const set = { step: "set", clueId, reason: "当日送达" };
  expect((await decide(await by("of-record", ["weifang"]), clipId, set)).json()).toMatchObject({
    code: "WRONG_DISTRICT",
  });
  expect((await decide(await by("of-clip", ["lujiazui"]), clipId, set)).json()).toMatchObject({
    code: "WRONG_DISTRICT",
  });
  expect((await view(clipId)).state).toBe("ORPHAN");
  expect((await decide(await by("of-both", ["weifang", "lujiazui"]), clipId, set)).json()).toMatchObject({
    state: "MATCHED",
  });
});

test("a recording that was linked with a record is told with the record that it was joined to, at any remove, and with no other", async () => {
  const { clueId, clipId } = await ofCheck();
  const [middle, root, other] = [await api.seedClue(), await api.seedClue(), await api.seedClue()];
  const recordings = async (id: string) => {
    const { items } = (await people.legal.call("GET", `/api/clues/${id}/recordings`)).json();
    return items.map((item: { clipId: string }) => item.clipId);
  };
  expect(await recordings(root)).toEqual([]);
  await db.clue.update({ where: { id: clueId }, data: { state: "MERGED", mergedIntoId: middle } });
  await db.clue.update({ where: { id: middle }, data: { state: "MERGED", mergedIntoId: root } });
  for (const id of [root, middle, clueId]) expect(await recordings(id)).toEqual([clipId]);
  expect(await recordings(other)).toEqual([]);
});
