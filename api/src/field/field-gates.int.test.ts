import { afterAll, expect, test } from "vitest";
import { createFieldTeam } from "../testing/field-team.ts";
import { saidOnSite } from "../testing/on-site.ts";
import { seedRecording } from "../testing/seed-recording.ts";

const { api, db, match, view } = await createFieldTeam();
afterAll(() => api.close());
const { longitude, latitude } = saidOnSite.position;
const from = new Date(saidOnSite.arrivedAt);

/** A gate's recording while another camera, 30 m off, flagged an act. */
async function beside(gateId: string, act: { sourceId: string; place?: string }) {
  const clueId = await api.seedClue({ from, ...act });
  await db.source.update({
    where: { id: act.sourceId },
    data: { longitude, latitude: latitude + 30 / 111_195 },
  });
  const startedAt = new Date(from.getTime() - 60_000);
  const clipId = await seedRecording(api, { sourceId: gateId, kind: "gate", startedAt });
  await db.source.update({ where: { id: gateId }, data: { longitude, latitude, place: `${gateId}出入口` } });
  const found = async () => {
    await match(clipId);
    return (await view(clipId)).options.flatMap((one) =>
      one.kind === "clue" && one.state === "proposed" ? one.clueId : [],
    );
  };
  return { clueId, clipId, found };
}
const register = (name: string, over: object) =>
  db.registerObject.create({
    data: {
      kind: "site",
      key: name,
      name,
      search: "",
      grams: [],
      document: { kind: "site", name, place: "别处", longitude, latitude: latitude + 0.05, ...over },
    },
  });

test("what another camera flags beside a gate by mere nearness is not proposed to the gate's recording; it asks nobody and holds nothing", async () => {
  const { clipId, found } = await beside("gate-a", { sourceId: "camera-a", place: "示例路东段" });
  expect(await found()).toEqual([]);
  expect((await view(clipId)).state).toBe("FREE");
});

test("an act at the very place of the gate, at another gate of its site, or within its site, is proposed", async () => {
  const same = await beside("gate-b", { sourceId: "camera-b", place: "gate-b出入口" });
  expect(await same.found()).toEqual([same.clueId]);
  const sibling = await beside("gate-c", { sourceId: "camera-c", place: "示例路西段" });
  expect(await sibling.found()).toEqual([]);
  await register("两门工地", { gateSources: ["gate-c", "camera-c"] });
  expect(await sibling.found()).toEqual([sibling.clueId]);
  const within = await beside("gate-d", { sourceId: "camera-d", place: "示例路南段" });
  expect(await within.found()).toEqual([]);
  await register("所在工地", { latitude, radiusM: 80, gateSources: ["gate-d"] });
  expect(await within.found()).toContain(within.clueId);
});
