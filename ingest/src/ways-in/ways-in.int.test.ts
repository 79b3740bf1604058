import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { checkCustody } from "@mingcha/infra/custody";
import { hashFile } from "@mingcha/infra/storage";
import { takeUpload } from "@mingcha/models/jobs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addFiles } from "../command/add-files.ts";
import { describeOutcome } from "../command/describe-outcome.ts";
import { UsageError } from "../command/parse-arguments.ts";
import { waitForOutcome } from "../command/wait-for-outcome.ts";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { createMediaMaker, srtOf } from "../testing/make-media.ts";
import { addUpload } from "../testing/upload.ts";
import { demoFootage } from "./demo-footage.ts";
import { finishedUploads } from "./finished-uploads.ts";
import { watchedFolder } from "./watched-folder.ts";

const tools = await findToolsForTest();

const sceneOf = (id: string) => ({
  source: { id, name: id, longitude: 121.5, latitude: 31.2 },
  zones: [
    {
      id: "z",
      kind: "public_ground",
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      place: "12 Example Rd",
    },
  ],
  rules: [],
});

describe.runIf(tools)("every way in", () => {
  let world: World;
  let media: ReturnType<typeof createMediaMaker>;
  const clips = () => world.deps.db.clip.findMany({ orderBy: { receivedAt: "asc" } });

  beforeAll(async () => {
    if (!tools) return;
    world = await createWorld(tools);
    media = createMediaMaker(tools);
  });
  afterAll(() => world?.close());

  test("an upload becomes one clip of the pilot, dated by the uploader, and its staged copy goes", async () => {
    const startedAt = new Date("2026-05-01T00:00:00Z");
    const id = await addUpload(world, await media.video(join(world.data, "u.mp4")), { startedAt });
    const way = await finishedUploads(world.deps);
    for (let again = 0; again < 2; again++) {
      await way.look();
      await world.deps.queues.ring(takeUpload, { uploadId: id });
      expect(await world.drain()).toEqual([]);
    }
    const [clip, ...rest] = await clips();
    expect(rest).toEqual([]);
    expect(clip).toMatchObject({
      sourceId: "uploads",
      startMethod: "uploader",
      startedAt,
      codec: "h264",
      durationMs: 2_000,
    });
    expect(clip?.collectorId).toBe((await world.deps.db.person.findFirstOrThrow()).id);
    expect(await world.deps.store.verify(clip?.sha256 ?? "")).toBe(true);
    expect(existsSync(join(world.deps.folders.uploads, id))).toBe(false);
    expect(world.detectRung).toContain(clip?.id);
    expect(await world.deps.db.upload.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "TAKEN" });
  });

  test("a file in the inbox is taken once it has stopped growing, with its scene and flight, and steps aside", async () => {
    const before = (await clips()).length;
    const { inbox } = world.deps.folders;
    const way = await watchedFolder(world.deps);
    const path = join(inbox, "street.mp4");
    await rename(await media.video(join(world.data, "w.mp4"), 4), path);
    writeFileSync(join(inbox, "street.scene.json"), JSON.stringify(sceneOf("cam-w")));
    writeFileSync(join(inbox, "street.SRT"), srtOf({ seconds: 4, date: "2026-05-01 08:00" }));
    await way.look();
    await way.look();
    await world.drain();
    expect(await clips(), "one unchanged look is not enough").toHaveLength(before);
    for (let again = 0; again < 5; again++) {
      await way.look();
      expect(await world.drain()).toEqual([]);
    }
    const added = (await clips()).slice(before);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ sourceId: "cam-w", startMethod: "telemetry" });
    expect(added[0]?.startedAt.toISOString()).toBe("2026-05-01T00:00:00.000Z");
    expect(await world.deps.db.telemetryPoint.count({ where: { clipId: added[0]?.id ?? "" } })).toBe(4);
    expect(readdirSync(inbox).filter((name) => !name.startsWith("."))).toEqual([]);
    expect(
      readdirSync(join(inbox, ".taken"))
        .map((name) => name.slice(37))
        .sort(),
    ).toEqual(["street.SRT", "street.mp4", "street.mp4.scene.json"]);
    // A restart starts without memory and finds nothing to do.
    const after = await watchedFolder(world.deps);
    for (let again = 0; again < 4; again++) await after.look();
    await world.drain();
    expect(await clips()).toHaveLength(before + 1);
  });

  test("a sub-folder names the source; an unknown one and a wrong scene are refused and kept", async () => {
    const before = (await clips()).length;
    const { inbox } = world.deps.folders;
    for (const name of ["cam-w", "cam-none"]) mkdirSync(join(inbox, name));
    await media.video(join(inbox, "cam-w", "20260501_093000.mp4"));
    await media.video(join(inbox, "cam-none", "x.mp4"));
    await media.video(join(inbox, "wrong.mp4"));
    writeFileSync(join(inbox, "wrong.scene.json"), '{"source":{}}');
    const way = await watchedFolder(world.deps);
    for (let again = 0; again < 4; again++) await way.look();
    expect(await world.drain()).toEqual([]);
    const added = (await clips()).slice(before);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ sourceId: "cam-w", startMethod: "file_name" });
    const refused = await world.deps.db.intake.findMany({
      where: { state: "QUARANTINED" },
      orderBy: { fileName: "asc" },
    });
    expect(refused.map(({ fileName, reasonCode }) => [fileName, reasonCode])).toEqual([
      ["wrong.mp4", "scene_invalid"],
      ["x.mp4", "unknown_source"],
    ]);
    for (const row of refused) {
      expect(row.reasonZh).not.toBe("");
      expect(row.stagedPath).toContain(".refused");
      expect(existsSync(row.stagedPath)).toBe(true);
      // what is refused lies where refused files lie, and not among the evidence as well
      expect(await world.deps.store.find((await hashFile(row.stagedPath)).sha256)).toBeNull();
    }
  });

  test("the command line: one clip per file, the caller's file untouched, typed twice nothing doubles", async () => {
    const before = (await clips()).length;
    const path = await media.video(join(world.data, "typed.mp4"));
    writeFileSync(join(world.data, "cmd.scene.json"), JSON.stringify(sceneOf("cam-c")));
    const given = { files: ["typed.mp4"], source: null, scene: "cmd.scene.json", start: "2026-05-01T08:00", srt: null };
    const deps = { ...world.deps, resolvePath: (name: string) => join(world.data, name) };
    for (let again = 0; again < 2; again++) {
      const [row] = await addFiles(deps, given);
      expect(await world.drain()).toEqual([]);
      const intake = await waitForOutcome(world.deps.db, row?.id ?? "", 1_000);
      const clip = await world.deps.db.clip.findUnique({ where: { id: intake.clipId ?? "" } });
      expect(describeOutcome(intake, clip)).toMatch(
        /^typed\.mp4: stored as clip .*cam-c.*2026-05-01T00:00:00\.000Z \(uploader/,
      );
    }
    expect(await clips()).toHaveLength(before + 1);
    expect(existsSync(path)).toBe(true);
    for (const wrong of [
      { files: ["no.mp4"] },
      { source: "nobody", scene: null },
      { start: "soon" },
      { source: "cam-w" },
    ])
      await expect(addFiles(deps, { ...given, ...wrong })).rejects.toThrow(UsageError);
  });

  test("demo footage is taken once, with its scene and its true start", async () => {
    const before = (await clips()).length;
    const folder = join(world.deps.folders.demo, "shop");
    mkdirSync(folder, { recursive: true });
    await media.video(join(folder, "clip.mp4"));
    writeFileSync(join(folder, "scene.json"), JSON.stringify(sceneOf("cam-demo")));
    writeFileSync(join(folder, "truth.json"), JSON.stringify({ startedAt: "2026-05-01T08:00:00+08:00" }));
    writeFileSync(join(folder, "clip.SRT"), srtOf({ seconds: 2, date: "2026-05-01 08:00" }));
    for (let again = 0; again < 2; again++) {
      await (await demoFootage(world.deps)).look();
      expect(await world.drain()).toEqual([]);
    }
    const added = (await clips()).slice(before);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ sourceId: "cam-demo", startMethod: "uploader" });
    expect(added[0]?.flightId).not.toBeNull();
    const scene = await world.deps.db.scene.findFirstOrThrow({ where: { sourceId: "cam-demo" } });
    expect(scene.validFrom.getTime()).toBeLessThanOrEqual(added[0]?.startedAt.getTime() ?? 0);
    expect(existsSync(join(folder, "clip.mp4"))).toBe(true);
  });

  test("everything that was done is in one unbroken custody log", async () => {
    expect(await checkCustody(world.deps.db)).toMatchObject({ intact: true });
    const stored = await world.deps.db.custody.count({ where: { action: "clip.stored" } });
    expect(stored).toBe((await clips()).length);
    const refused = await world.deps.db.custody.count({ where: { action: "intake.refused" } });
    expect(refused).toBe(await world.deps.db.intake.count({ where: { state: "QUARANTINED" } }));
  });
});
