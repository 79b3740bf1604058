import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCustody } from "@mingcha/infra/custody";
import { createLog } from "@mingcha/infra/log";
import { findMediaTools, probe } from "@mingcha/infra/media";
import { registerScene } from "@mingcha/infra/scenes";
import { renderStill } from "@mingcha/infra/stills";
import { openFolderStore } from "@mingcha/infra/storage";
import { createTestDatabase, type TestDatabase } from "@mingcha/infra/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { detectorConfig } from "../config.ts";
import { type InferenceProcess, startInferenceProcess } from "../runtime/inference-process.ts";
import { locateModel } from "../runtime/load-model.ts";
import { cutEvidence } from "./cut-evidence.ts";
import type { DetectorDeps } from "./deps.ts";
import { detectClip } from "./detect-clip.ts";
import { sweep } from "./sweep.ts";

/** The starter model on the bundled stall clip: a stall that comes and goes, a parked car, a pile that was there from the start. */
const demo = fileURLToPath(new URL("../../../models/demo/stall/", import.meta.url));
const truth = JSON.parse(readFileSync(join(demo, "truth.json"), "utf8")) as {
  startedAt: string;
  violations: { violation: string; zone: string }[];
};
const startMs = Date.parse(truth.startedAt);
const log = createLog("test", "error");
const folder = mkdtempSync(join(tmpdir(), "mingcha-detect-"));
let database: TestDatabase;
let inference: InferenceProcess;
let deps: DetectorDeps;
/** The clip cut without re-encoding into pieces of about 30 s, with their offsets. */
const pieces: { file: string; offsetMs: number }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const config = detectorConfig();
  const tools = await findMediaTools(config);
  const model = await locateModel("starter", config.modelFolders);
  if ("kind" in model) throw new Error(model.text);
  const started = await startInferenceProcess(model, tools);
  if ("kind" in started) throw new Error(started.text);
  inference = started;
  deps = {
    db: database.db,
    store: await openFolderStore(join(folder, "objects"), "test"),
    tools,
    model: model.manifest,
    inference,
    renderStill: (task) => renderStill(tools, task),
  };
  const list = join(folder, "pieces.csv");
  execFileSync(tools.ffmpeg.path, [
    "-v",
    "error",
    "-i",
    join(demo, "clip.mp4"),
    "-c",
    "copy",
    "-f",
    "segment",
    "-segment_time",
    "30",
    "-reset_timestamps",
    "1",
    "-segment_list",
    list,
    "-segment_list_type",
    "csv",
    join(folder, "piece%d.mp4"),
  ]);
  for (const line of readFileSync(list, "utf8").trim().split("\n")) {
    const [name = "", from = "0"] = line.split(",");
    pieces.push({ file: join(folder, name), offsetMs: Math.round(Number(from) * 1_000) });
  }
});
afterAll(async () => {
  await inference.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function addClip(sourceId: string, file: string, offsetMs: number): Promise<string> {
  const stored = await deps.store.putFile(file);
  const probed = await probe(deps.tools, file);
  if (probed.kind === "refused") throw new Error(probed.text.en);
  const { media } = probed;
  const clip = await deps.db.clip.create({
    data: {
      sourceId,
      fileName: "clip.mp4",
      sha256: stored.sha256,
      sizeBytes: stored.sizeBytes,
      container: media.demuxer,
      codec: media.codec,
      widthPx: media.widthPx,
      heightPx: media.heightPx,
      durationMs: media.durationMs,
      startedAt: new Date(startMs + offsetMs),
      startMethod: "uploader",
      startUncertaintyMs: 0,
    },
  });
  return clip.id;
}
async function addSource(id: string): Promise<void> {
  const scene = JSON.parse(readFileSync(join(demo, "scene.json"), "utf8"));
  await registerScene(
    deps.db,
    { ...scene, source: { ...scene.source, id } },
    { actor: { kind: "machine", id: "test", name: "test" } },
  );
}
const flagsOf = (sourceId: string) =>
  deps.db.flag.findMany({
    where: { sourceId },
    orderBy: [{ violation: "asc" }, { from: "asc" }],
    select: { violation: true, zoneId: true, from: true, to: true, dwellS: true, score: true, intervals: true },
  });
const expected = truth.violations.map((item) => `${item.violation} ${item.zone}`).sort();
const names = (flags: { violation: string; zoneId: string }[]) =>
  flags.map((flag) => `${flag.violation} ${flag.zoneId}`).sort();

test("a clip gives one flag per act, each with its pictures and their parents' hashes, and an unbroken log", async () => {
  await addSource("whole");
  const id = await addClip("whole", join(demo, "clip.mp4"), 0);
  await detectClip(deps, id, log);
  expect(names(await flagsOf("whole"))).toEqual(expected);
  const clip = await deps.db.clip.findUniqueOrThrow({ where: { id } });
  expect(clip).toMatchObject({ state: "DETECTED", detectAttempts: 1, leaseToken: null });
  const evidence = await deps.db.evidence.findMany({ where: { flag: { sourceId: "whole" } } });
  for (const kind of ["wide", "close", "during"])
    expect(evidence.filter((item) => item.kind === kind).length, kind).toBeGreaterThanOrEqual(expected.length);
  for (const item of evidence) {
    expect(item.parentSha256).toBe(clip.sha256);
    expect(await deps.store.verify(item.sha256)).toBe(true);
  }
  expect((await checkCustody(deps.db)).intact).toBe(true);
});

test("the same clip again changes nothing", async () => {
  const before = await flagsOf("whole");
  const [clip] = await deps.db.clip.findMany({ where: { sourceId: "whole" } });
  const counts = async () => [
    await deps.db.look.count(),
    await deps.db.flag.count(),
    await deps.db.evidence.count(),
    await deps.db.occupancy.count(),
  ];
  const counted = await counts();
  await detectClip(deps, clip!.id, log);
  // Even a clip that lost its "done" mark after its looks were stored.
  await deps.db.clip.update({ where: { id: clip!.id }, data: { state: "STORED" } });
  await detectClip(deps, clip!.id, log);
  expect(await flagsOf("whole")).toEqual(before);
  expect(await counts()).toEqual(counted);
});

test("cut into pieces that arrive in the wrong order the footage gives the same acts", async () => {
  await addSource("pieces");
  expect(pieces.length).toBeGreaterThanOrEqual(3);
  const order = [2, 0, 1, ...pieces.keys()].filter(
    (index, at, all) => index < pieces.length && all.indexOf(index) === at,
  );
  for (const index of order) {
    const { file, offsetMs } = pieces[index]!;
    await detectClip(deps, await addClip("pieces", file, offsetMs), log);
  }
  const flags = await flagsOf("pieces");
  expect(names(flags)).toEqual(expected);
  const whole = await flagsOf("whole");
  for (const [index, flag] of flags.entries()) {
    // Pieces begin at keyframes, so looks may fall a cadence apart; never more than two looks of 2 s.
    expect(Math.abs(flag.from.getTime() - whole[index]!.from.getTime()), flag.violation).toBeLessThanOrEqual(4_000);
    expect(Math.abs(flag.to.getTime() - whole[index]!.to.getTime()), flag.violation).toBeLessThanOrEqual(4_000);
  }
});

test("a clip whose worker vanished is found by the sweep once its lease has run out, and rung again", async () => {
  await addSource("lost");
  const id = await addClip("lost", pieces[0]!.file, 0);
  const rung: unknown[] = [];
  const queues = { ring: async (_job: unknown, payload: unknown) => void rung.push(payload) };
  await deps.db.clip.update({ where: { id }, data: { leaseToken: "gone", leaseUntil: new Date(Date.now() + 60_000) } });
  await sweep(deps, queues);
  expect(rung).toEqual([]);
  await detectClip(deps, id, log);
  expect((await deps.db.clip.findUniqueOrThrow({ where: { id } })).state).toBe("STORED");
  await deps.db.clip.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1) } });
  await sweep(deps, queues);
  expect(rung).toEqual([{ clipId: id }]);
  await detectClip(deps, id, log);
  expect((await deps.db.clip.findUniqueOrThrow({ where: { id } })).state).toBe("DETECTED");
});

test("a clip that never comes to an end is set aside with its reason, and its bytes stay", async () => {
  await addSource("poison");
  const id = await addClip("poison", pieces[1]!.file, 0);
  const failing: DetectorDeps = {
    ...deps,
    inference: { look: async () => ({ kind: "failed", text: "the inference process ended (SIGSEGV)" }) },
  };
  for (let attempt = 1; attempt <= 6; attempt += 1)
    await expect(detectClip(failing, id, log)).rejects.toThrow(/SIGSEGV/);
  await detectClip(failing, id, log);
  const clip = await deps.db.clip.findUniqueOrThrow({ where: { id } });
  expect(clip).toMatchObject({ state: "QUARANTINED", reasonCode: "attempts_used_up" });
  expect(await deps.store.verify(clip.sha256)).toBe(true);
});

test("a worker that lost its lease writes nothing", async () => {
  await addSource("fenced");
  const id = await addClip("fenced", pieces[2]!.file, 0);
  const slow: DetectorDeps = {
    ...deps,
    inference: {
      look: async (task) => {
        await deps.db.clip.update({ where: { id }, data: { leaseToken: "another" } });
        return deps.inference.look(task);
      },
    },
  };
  await detectClip(slow, id, log);
  expect(await deps.db.look.count({ where: { clipId: id } })).toBe(0);
  expect(await deps.db.flag.count({ where: { sourceId: "fenced" } })).toBe(0);
});

test("two machines that cut pictures for one flag at once, each with another best look, leave each kind once", async () => {
  await addSource("two");
  const id = await addClip("two", join(demo, "clip.mp4"), 0);
  const broken: DetectorDeps = { ...deps, renderStill: async () => Promise.reject(new Error("cut off")) };
  await expect(detectClip(broken, id, log)).rejects.toThrow("cut off");
  const flag = await deps.db.flag.findFirstOrThrow({ where: { sourceId: "two" }, include: { evidence: true } });
  expect(flag.evidence).toEqual([]);
  // both have read what is there before either writes
  let arrived = 0;
  let open: () => void = () => {};
  const both = new Promise<void>((done) => {
    open = done;
  });
  const machine = (bestAt: Date): DetectorDeps => {
    const judge = flag.judge as { best: { at: string } };
    const seen = { ...flag, judge: { ...judge, best: { ...judge.best, at: bestAt.toISOString() } } };
    let isFirst = true;
    return {
      ...deps,
      db: Object.create(deps.db, {
        flag: { value: Object.create(deps.db.flag, { findUnique: { value: async () => seen } }) },
      }) as DetectorDeps["db"],
      renderStill: async (task) => {
        if (isFirst) arrived += 1;
        isFirst = false;
        if (arrived === 2) open();
        await both;
        return deps.renderStill(task);
      },
    };
  };
  const present = (flag.intervals as { state: string; from: string; to: string }[]).find(
    (one) => one.state === "present",
  );
  await Promise.all([present?.from, present?.to].map((at) => cutEvidence(machine(new Date(at ?? "")), flag.id)));
  const cut = await deps.db.evidence.findMany({ where: { flagId: flag.id } });
  for (const kind of ["wide", "close"])
    expect(
      cut.filter((item) => item.kind === kind),
      kind,
    ).toHaveLength(1);
  expect((await checkCustody(deps.db)).intact).toBe(true);
});
