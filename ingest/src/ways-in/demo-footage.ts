import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { registerScene } from "@mingcha/infra/scenes";
import { storeIntake } from "@mingcha/models/jobs";
import { z } from "zod";
import { createIntake } from "../intake/create-intake.ts";
import { type IntakeDeps, machine } from "../intake/intake-deps.ts";
import { exists } from "../intake/kept-bytes.ts";
import type { OpenWayIn } from "./way-in.ts";

const truthSchema = z.object({ startedAt: z.iso.datetime({ offset: true }) });

/** Footage that ships with the product: `models/demo/<id>/{clip.mp4, scene.json, truth.json, clip.SRT?}`, each taken once. */
export const demoFootage: OpenWayIn = (deps) => ({
  via: "demo",
  every: "once",
  look: async () => {
    const entries = await readdir(deps.folders.demo, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((one) => one.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      try {
        await takeDemo(deps, entry.name);
      } catch (error) {
        deps.log.error({ err: error, demo: entry.name }, "demo footage cannot be used");
      }
    }
  },
});

async function takeDemo(deps: IntakeDeps, id: string): Promise<void> {
  const folder = join(deps.folders.demo, id);
  const video = join(folder, "clip.mp4");
  const sizeBytes = await stat(video).then(
    (info) => info.size,
    () => null,
  );
  const known = await deps.db.intake.findUnique({ where: { dedupeKey: `demo:${id}` } });
  // A refused one that has been rendered anew gets another chance.
  const isRenewed = known?.state === "QUARANTINED" && known.sizeBytes !== BigInt(sizeBytes ?? 0);
  if (sizeBytes === null || (known && !isRenewed)) return;
  const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), "utf8"));
  const { startedAt } = truthSchema.parse(await json("truth.json"));
  const { sourceId } = await registerScene(deps.db, await json("scene.json"), {
    actor: machine,
    validFrom: new Date(startedAt),
  });
  const arrival = { via: "demo", sourceId, groupId: `demo:${id}` } as const;
  // Telemetry first: it tells where the video was taken.
  const subtitles = ["clip.SRT", "clip.srt"].map((name) => join(folder, name));
  for (const path of subtitles) {
    if (!(await exists(path))) continue;
    const { intake } = await createIntake(deps.db, {
      ...arrival,
      fileName: `${id}.SRT`,
      stagedPath: path,
      dedupeKey: `demo:${id}:srt`,
      sizeBytes: (await stat(path)).size,
    });
    await deps.queues.ring(storeIntake, { intakeId: intake.id });
    break;
  }
  const { intake } = await createIntake(deps.db, {
    ...arrival,
    fileName: `${id}.mp4`,
    stagedPath: video,
    dedupeKey: isRenewed ? `demo:${id}:${sizeBytes}` : `demo:${id}`,
    sizeBytes,
    startedAtHint: new Date(startedAt),
  });
  await deps.queues.ring(storeIntake, { intakeId: intake.id });
}
