import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { SourceDetail, TrialView } from "@mingcha/models/http";
import { encodeLook, type Look, parseScene } from "@mingcha/models/scene";
import { evaluateScene } from "@mingcha/models/violations";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

const demo = fileURLToPath(new URL("../../../models/demo/stall/", import.meta.url));
const startMs = Date.parse("2026-11-20T02:00:00Z");
const square = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
];
const sceneOf = (dwellS: number) => ({
  source: { id: "cam-try", name: "Camera", kind: "fixed" },
  lookEveryS: 2,
  zones: [{ id: "walk", kind: "no_stall", polygon: square(0.1, 0.9), place: "1 Road" }],
  rules: [{ violation: "STALL", zones: ["walk"], dwellS, graceS: 4 }],
});

let api: TestApi;
let clipId: string;
const looks: Look[] = Array.from({ length: 100 }, (_, nth) => ({
  status: "seen",
  capturedAtMs: startMs + nth * 2_000,
  offsetMs: nth * 2_000,
  // a cart stands there from second 20 to second 120
  detections: nth >= 10 && nth < 60 ? [{ label: "cart", role: "cart", score: 0.9, boxNorm: [0.4, 0.4, 0.1, 0.2] }] : [],
}));

beforeAll(async () => {
  api = await createTestApi();
  const { db, store } = api.deps;
  const monitor = await api.signIn("drawer", ["monitor"]);
  await monitor.call("POST", "/api/sources", { scene: sceneOf(60) });
  const original = await store.putBytes(await readFile(`${demo}clip.mp4`));
  const clip = await db.clip.create({
    data: {
      sourceId: "cam-try",
      fileName: "clip.mp4",
      sha256: original.sha256,
      sizeBytes: original.sizeBytes,
      container: "mov",
      codec: "h264",
      widthPx: 1280,
      heightPx: 720,
      durationMs: 200_000,
      startedAt: new Date(startMs),
      startMethod: "uploader",
      startUncertaintyMs: 1_000,
      state: "DETECTED",
    },
  });
  clipId = clip.id;
  await db.look.createMany({
    data: looks.map((look) => ({
      clipId,
      offsetMs: look.offsetMs,
      sourceId: "cam-try",
      capturedAt: new Date(look.capturedAtMs),
      status: look.status,
      modelId: "m",
      modelSha256: "a".repeat(64),
      detections: encodeLook(look) as object,
    })),
  });
});
afterAll(() => api.close());

const trialOf = async (scene: unknown, duty: "monitor" | "handler" = "monitor", hours = 4) => {
  const person = await api.signIn(`p-${crypto.randomUUID().slice(0, 8)}`, [duty]);
  return person.call("POST", "/api/sources/cam-try/trials", { scene, hours });
};

test("a draft tried on stored looks flags what the rules themselves flag, old against new, and changes nothing", async () => {
  const before = await api.deps.db.scene.count();
  const longer = (await trialOf(sceneOf(300))).json() as TrialView;
  expect(longer).toMatchObject({ againstVersion: 1, span: { looks: 100 }, fresh: [], kept: [] });
  expect(longer.gone).toHaveLength(1);
  expect(longer.gone[0]?.lines.map(({ zh }) => zh).join()).toContain("停留");

  const shorter = (await trialOf(sceneOf(30))).json() as TrialView;
  const parsed = parseScene(sceneOf(30));
  if (parsed.kind === "bad") throw new Error(parsed.text.en);
  const [flag] = evaluateScene(parsed.scene, looks).flatMap(({ flags }) => flags);
  expect(shorter.kept).toHaveLength(1);
  expect(shorter.kept[0]).toMatchObject({
    violation: "STALL",
    zone: "walk",
    from: new Date(flag?.fromMs ?? 0).toISOString(),
    to: new Date(flag?.toMs ?? 0).toISOString(),
    fromShiftS: 0,
  });
  expect(await api.deps.db.scene.count()).toBe(before);
});

test("only those who run sources may try a scene; a wrong one is refused with the path that does not fit", async () => {
  expect((await trialOf(sceneOf(60), "handler")).statusCode).toBe(403);
  const wrong = await trialOf({ ...sceneOf(60), rules: [{ violation: "STALL", zones: ["nowhere"] }] });
  expect(wrong.statusCode).toBe(400);
  expect(wrong.json().zh).toContain("nowhere");
});

test("looks closer together than any that were taken are named as what a trial cannot say", async () => {
  const trial = (await trialOf({ ...sceneOf(60), lookEveryS: 0.5 })).json() as TrialView;
  expect(trial.limits).toHaveLength(1);
});

test("a source shows its scene's versions, newest first, with who drew each, and its clips", async () => {
  const monitor = await api.signIn("second", ["monitor"]);
  await monitor.call("POST", "/api/sources", { scene: sceneOf(90) });
  const detail = (await monitor.call("GET", "/api/sources/cam-try")).json() as SourceDetail;
  expect(detail.scenes.map(({ version, createdBy }) => [version, createdBy])).toEqual([
    [2, "人员second"],
    [1, "人员drawer"],
  ]);
  expect(detail.scenes[0]?.document).toMatchObject({ rules: [{ dwellS: 90 }] });
  expect(detail.recentClips).toMatchObject([{ id: clipId, widthPx: 1280 }]);
  expect((await monitor.call("GET", "/api/sources/none")).statusCode).toBe(404);
});

test("a still is one frame of the clip with privacy zones black, its view is in the custody log", async () => {
  const person = await api.signIn("looker", ["monitor"]);
  const plain = await person.call("GET", `/api/clips/${clipId}/still?offsetMs=4000&width=320`);
  expect(plain.headers["content-type"]).toBe("image/jpeg");
  expect(plain.rawPayload.subarray(0, 2).toString("hex")).toBe("ffd8");
  const privacy = { id: "window", kind: "privacy", polygon: square(0, 1) };
  await person.call("POST", "/api/sources", {
    scene: { ...sceneOf(60), zones: [...sceneOf(60).zones, privacy] },
    validFrom: new Date(startMs).toISOString(),
  });
  const masked = await person.call("GET", `/api/clips/${clipId}/still?offsetMs=4000&width=320`);
  expect(masked.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
  const views = await api.deps.db.custody.findMany({ where: { action: "clip.still_viewed" } });
  expect(views).toHaveLength(2);
  // a version entered afterwards with the same start, or an earlier one, brings nothing back
  await person.call("POST", "/api/sources", { scene: sceneOf(61), validFrom: new Date(startMs).toISOString() });
  const later = await person.call("GET", `/api/clips/${clipId}/still?offsetMs=4000&width=320`);
  expect(later.rawPayload.equals(masked.rawPayload)).toBe(true);
  const past = await person.call("GET", `/api/clips/${clipId}/still?offsetMs=800000000`);
  expect(past.statusCode).toBe(422);
  const pilot = await api.signIn("pilot", ["pilot"]);
  expect((await pilot.call("GET", `/api/clips/${clipId}/still`)).statusCode).toBe(404);
});
