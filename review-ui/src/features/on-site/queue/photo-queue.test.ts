import { expect, test, vi } from "vitest";
import type { KeptPhoto } from "./phone-store.ts";
import { createPhotoQueue } from "./photo-queue.ts";

type Answer = { status: number; body: unknown } | "no network";
const photo = (key: string, personId = "me"): KeptPhoto => ({
  key,
  personId,
  clueId: "clue",
  checkId: "check",
  kind: "wide",
  bytes: new ArrayBuffer(3),
  mediaType: "image/jpeg",
  takenAt: `2026-11-28T02:00:0${key.slice(-1)}.000Z`,
  sha256: null,
  position: null,
  refused: null,
});

/** A browser's database and a server that answers as told, one answer a try. */
function makeQueue(answers: Answer[], kept = new Map<string, KeptPhoto>()) {
  const sent: string[] = [];
  const queue = createPhotoQueue({
    keep: async (one) => {
      kept.set(one.key, one);
      return one.key;
    },
    drop: async (key) => void kept.delete(key),
    list: async () => [...kept.values()],
    send: async (one) => {
      sent.push((one as KeptPhoto).key);
      const answer = answers.shift() ?? "no network";
      if (answer === "no network") throw new TypeError("failed to fetch");
      return answer;
    },
  });
  return { queue, kept, sent };
}
const arrived: Answer = { status: 200, body: {} };
const settled = (check: () => void) => vi.waitFor(check, { timeout: 5_000 });
const refusal = { code: "MEDIA_REFUSED", zh: "照片不完整", en: "truncated", requestId: "r" };

test("a photo leaves the device only after the server has it", async () => {
  const { queue, kept } = makeQueue(["no network", arrived]);
  queue.start("me");
  await queue.add(photo("p1"));
  await settled(() => expect(queue.read()[0]?.state).toBe("waiting"));
  expect([...kept.keys()]).toEqual(["p1"]);
  queue.flush();
  await settled(() => expect(queue.read()).toEqual([]));
  expect(kept.size).toBe(0);
});

test("photos of an earlier visit are sent, oldest first; while nobody answers the others are not tried", async () => {
  const kept = new Map(["p2", "p1"].map((key) => [key, photo(key)]));
  const { queue, sent } = makeQueue(["no network", arrived, arrived], kept);
  queue.start("me");
  await settled(() => expect(sent).toEqual(["p1"]));
  await settled(() => expect(queue.read().every(({ state }) => state === "waiting")).toBe(true));
  queue.flush();
  await settled(() => expect(sent).toEqual(["p1", "p1", "p2"]));
});

test("what the server refused keeps its sentence, stays on the device, and is sent again only when asked", async () => {
  const { queue, kept, sent } = makeQueue([{ status: 422, body: refusal }, arrived]);
  queue.start("me");
  await queue.add(photo("p1"));
  await settled(() => expect(queue.read()[0]).toMatchObject({ state: "refused", refused: { zh: "照片不完整" } }));
  queue.flush();
  await settled(() => expect(sent).toEqual(["p1"]));
  expect(kept.get("p1")?.refused).not.toBeNull();
  await queue.again("p1");
  await settled(() => expect(queue.read()).toEqual([]));
});

test.each([
  ["a session that ended", { status: 401, body: { ...refusal, code: "NOT_SIGNED_IN" } }],
  ["a full store", { status: 507, body: { ...refusal, code: "STORE_FULL" } }],
  ["a failing server", { status: 500, body: { ...refusal, code: "INTERNAL" } }],
  ["bytes changed on the way", { status: 422, body: { ...refusal, code: "HASH_MISMATCH" } }],
  ["a gateway in between", { status: 413, body: "<html>" }],
] as const)("%s is no refusal of the photo", async (_name, answer) => {
  const { queue, kept } = makeQueue([answer]);
  queue.start("me");
  await queue.add(photo("p1"));
  await settled(() => expect(queue.read()[0]?.state).toBe("waiting"));
  expect(kept.get("p1")?.refused).toBeNull();
});

test("on a phone that two people use nobody sends the other's photos", async () => {
  const { queue, sent, kept } = makeQueue([arrived], new Map([["p1", photo("p1", "other")]]));
  queue.start("me");
  await queue.add(photo("p2"));
  await settled(() => expect(sent).toEqual(["p2"]));
  await settled(() => expect([...kept.keys()]).toEqual(["p1"]));
});

test("a browser that cannot keep a photo says so at once", async () => {
  const full = createPhotoQueue({
    keep: async () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    drop: async () => undefined,
    list: async () => [],
    send: async () => arrived as { status: number; body: unknown },
  });
  await expect(full.add(photo("p1"))).rejects.toThrow("full");
});
