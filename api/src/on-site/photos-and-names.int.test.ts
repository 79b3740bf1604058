import { takePhoto } from "@mingcha/infra/testing";
import { onSitePhotoMaxBytes } from "@mingcha/models/http";
import { afterAll, describe, expect, test } from "vitest";
import { phoneOf, saidOnSite, sha256Of } from "../testing/on-site.ts";
import { createOnSiteTeam } from "../testing/on-site-team.ts";

const { api, people, step, dispatched, one, two } = await createOnSiteTeam();
afterAll(() => api.close());

describe("a photo", () => {
  test("is kept bit by bit with what its EXIF says, beside an upright picture; the difference to its arrival is told", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const bytes = await takePhoto("2020:01:01 08:00:00");
    const query = `kind=close&takenAt=2026-11-28T02:00:00Z&sha256=${sha256Of(bytes)}&longitude=121.6&latitude=31.3&accuracyM=12`;
    expect((await one().send(checkId, bytes, query)).json()).toMatchObject({ sha256: sha256Of(bytes), added: true });
    const [photo] = (await one().check(id)).photos;
    expect(photo).toMatchObject({
      kind: "close",
      mediaType: "image/jpeg",
      camera: "Maker Phone 1",
      capturedAt: "2020-01-01T00:00:00.000Z",
      capturedBy: "exif_offset",
      exifPosition: { longitude: 121.5, latitude: 31.2 },
      position: { longitude: 121.6, latitude: 31.3, accuracyM: 12 },
      takenBy: "人员one",
    });
    expect(photo?.differenceS).toBeGreaterThan(365 * 86_400);
    const media = (form: string) => people.auditor.call("GET", `/api/on-site/photos/${photo?.id}/media?form=${form}`);
    expect(sha256Of((await media("original")).rawPayload)).toBe(sha256Of(bytes));
    expect((await media("view")).headers["content-type"]).toBe("image/jpeg");
    expect(
      (await api.deps.db.custody.findMany({ where: { subject: `clue:${id}` } })).map(({ action }) => action),
    ).toEqual(expect.arrayContaining(["on_site.dispatched", "on_site.photo_added", "on_site.photo_viewed"]));
  });
  test("sent again, also twice at once, is the same photo", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const bytes = await takePhoto();
    const answers = await Promise.all([1, 2, 3].map(() => one().send(checkId, bytes)));
    expect(answers.map((answer) => answer.json().added).filter(Boolean)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect((await one().check(id)).photos).toHaveLength(1);
  });
  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ["cut short", async () => (await takePhoto()).subarray(0, -400)],
    ["that is a text", () => Buffer.from("<svg onload=alert(1)>".repeat(20))],
    ["without a byte", () => Buffer.alloc(0)],
    ["over the size limit", () => Buffer.alloc(onSitePhotoMaxBytes + 1, 0xff)],
  ])("%s is refused with a sentence, and nothing of it is left", async (_name, make) => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const answer = await one().send(checkId, await make());
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json().zh.length).toBeGreaterThan(5);
    expect((await one().check(id)).photos).toEqual([]);
    const { readdir } = await import("node:fs/promises");
    expect(await readdir(`${api.deps.environment.MINGCHA_DATA}/staging/on-site`)).toEqual([]);
  });
  test("whose bytes changed on the way is refused", async () => {
    const { id: checkId } = await one().check(await dispatched());
    const answer = await one().send(checkId, await takePhoto(), `kind=wide&sha256=${"0".repeat(64)}`);
    expect(answer.json()).toMatchObject({ code: "HASH_MISMATCH" });
  });
  test("of another record's check cannot be used again", async () => {
    const bytes = await takePhoto();
    const first = await one().check(await dispatched());
    await one().send(first.id, bytes);
    const second = await one().check(await dispatched());
    expect((await one().send(second.id, bytes)).json()).toMatchObject({ code: "MEDIA_REFUSED" });
  });
  test("is added only by the two who were sent", async () => {
    const { id: checkId } = await one().check(await dispatched());
    const answer = await phoneOf(api, people.stranger).send(checkId, await takePhoto());
    expect(answer.json()).toMatchObject({ code: "ON_SITE_NOT_YOURS" });
    expect((await phoneOf(api, people.tech).send(checkId, await takePhoto())).statusCode).toBe(403);
  });
  test("is withdrawn with a reason and stays where it is; its row cannot be changed or deleted, not even in the database", async () => {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    const photoId = (await one().send(checkId, await takePhoto())).json().id;
    expect((await people.one.call("POST", `/api/on-site/photos/${photoId}/withdraw`, { reason: "" })).statusCode).toBe(
      400,
    );
    const withdraw = () => people.one.call("POST", `/api/on-site/photos/${photoId}/withdraw`, { reason: "拍糊了" });
    expect((await withdraw()).statusCode).toBe(200);
    expect((await withdraw()).statusCode).toBe(409);
    expect((await one().check(id)).photos).toMatchObject([{ id: photoId, withdrawn: { reason: "拍糊了" } }]);
    await expect(api.deps.db.onSitePhoto.delete({ where: { id: photoId } })).rejects.toThrow(/append-only/);
    const fresh = (await one().send(checkId, await takePhoto())).json().id;
    await expect(
      api.deps.db.onSitePhoto.update({ where: { id: fresh }, data: { sha256: "f".repeat(64) } }),
    ).rejects.toThrow(/append-only/);
  });
});

describe("signing", () => {
  async function ready(said: object = {}): Promise<string> {
    const id = await dispatched();
    const { id: checkId } = await one().check(id);
    await one().send(checkId, await takePhoto(), "kind=wide");
    await two().send(checkId, await takePhoto(), "kind=close");
    await one().save(id, { ...saidOnSite, ...said });
    return id;
  }
  test("by both, each on the own device, and the record is verified by one of them", async () => {
    const id = await ready();
    expect((await one().sign(id)).statusCode).toBe(200);
    expect((await one().check(id)).state).toBe("SIGNED_BY_FIRST");
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
    expect((await one().sign(id)).json()).toMatchObject({ code: "ON_SITE_SIGNED" });
    expect((await phoneOf(api, people.two, "device-one-00000000").sign(id)).json()).toMatchObject({
      code: "ON_SITE_SAME_DEVICE",
    });
    expect((await two().sign(id)).statusCode).toBe(200);
    expect((await step(people.stranger, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
    expect((await step(people.two, id, "not_found")).json()).toMatchObject({ guard: "H-05" });
    // what the page offers is what the server does
    const { events } = (await people.two.call("GET", `/api/clues/${id}`)).json();
    const offered = events.find(({ event }: { event: string }) => event === "confirm_on_site");
    expect(offered.refusals).toEqual([]);
    expect((await step(people.two, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
    const { id: checkId } = await one().check(id);
    expect((await one().send(checkId, await takePhoto())).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
    expect((await one().save(id, { findings: "改" })).json()).toMatchObject({ code: "ON_SITE_CLOSED" });
  });
  test("a desk that has the record open does not keep the officers from their step", async () => {
    const id = await ready();
    await one().sign(id);
    await two().sign(id);
    expect((await people.dispatcher.call("POST", `/api/clues/${id}/lease`)).json().until).not.toBeNull();
    expect((await step(people.two, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
  });
  test("is refused to anybody else, without photos, without words, and for a content that is no longer there", async () => {
    const id = await dispatched();
    expect((await one().sign(id)).json()).toMatchObject({ code: "ON_SITE_INCOMPLETE" });
    const full = await ready();
    expect((await phoneOf(api, people.stranger).sign(full)).json()).toMatchObject({ code: "ON_SITE_NOT_YOURS" });
    expect((await one().sign(full, { contentSha256: "0".repeat(64) })).json()).toMatchObject({ code: "STALE" });
    const met = await ready({ party: "unnamed" });
    expect((await one().sign(met)).json().zh).toContain("出示执法证件");
  });
  test("is undone by a photo that arrives afterwards; the old names stay readable and count no more", async () => {
    const id = await ready();
    await one().sign(id);
    await two().sign(id);
    const before = await one().check(id);
    await two().send(before.id, await takePhoto(), "kind=other");
    const after = await one().check(id);
    expect(after).toMatchObject({
      state: "OPEN",
      voided: [{ voidedFor: "photo_added" }, { voidedFor: "photo_added" }],
    });
    expect(after.contentSha256).not.toBe(before.contentSha256);
    expect(after.officers.map(({ signedAt }) => signedAt)).toEqual([null, null]);
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
    await expect(api.deps.db.onSiteSignature.deleteMany({ where: { checkId: before.id } })).rejects.toThrow(
      /append-only/,
    );
    await one().sign(id);
    await two().sign(id);
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ state: "VERIFIED" });
  });
  test("is undone by another word, not by saving the same again", async () => {
    const id = await ready();
    await one().sign(id);
    await one().save(id, saidOnSite);
    expect((await one().check(id)).state).toBe("SIGNED_BY_FIRST");
    await two().save(id, { result: "not_found" });
    expect((await one().check(id)).state).toBe("OPEN");
  });
  test("findings changed past the server do not carry the signatures with them", async () => {
    const id = await ready();
    await one().sign(id);
    await two().sign(id);
    const { id: checkId } = await one().check(id);
    await api.deps.db.onSiteCheck.update({
      where: { id: checkId },
      data: {
        findings: { ...saidOnSite, partySaid: "", partyName: "", idShown: false, rightsTold: false, findings: "篡改" },
      },
    });
    expect((await step(people.one, id, "confirm_on_site")).json()).toMatchObject({ guard: "H-05" });
  });
  test("the database lets no record be verified without both names", async () => {
    const id = await ready();
    await one().sign(id);
    await expect(api.deps.db.clue.update({ where: { id }, data: { state: "VERIFIED" } })).rejects.toThrow(
      /without a check signed/,
    );
  });
  test("a photo and the last step at once: either the photo is part of what was signed, or it comes too late", async () => {
    for (let nth = 0; nth < 5; nth++) {
      const id = await ready();
      await one().sign(id);
      await two().sign(id);
      const { id: checkId } = await one().check(id);
      const [photo, moved] = await Promise.all([
        two().send(checkId, await takePhoto(), "kind=other"),
        step(people.one, id, "confirm_on_site"),
      ]);
      expect(
        [photo.statusCode, moved.statusCode].filter((status) => status === 200),
        `${photo.body} ${moved.body}`,
      ).toHaveLength(1);
    }
  });
});
