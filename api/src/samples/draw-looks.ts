import { appendCustody } from "@mingcha/infra/custody";
import { isDuplicate } from "@mingcha/infra/db";
import { lockSource } from "@mingcha/infra/retention";
import { addDays } from "@mingcha/models/profile";
import { parseScene } from "@mingcha/models/scene";
import { startOfDay } from "@mingcha/models/statistics";
import type { Deps } from "../deps.ts";
import { findDaysToDraw, type SourceDay } from "./find-days.ts";
import { pickSeeds, pickUnflagged } from "./pick-looks.ts";
import { keyOfDraw, loadSecret, rankOf } from "./sample-key.ts";

type DrawDeps = Pick<Deps, "db" | "profile" | "now">;

/** Drawings in one go. */
const drawsMax = 50;

/** Draws for every source and day that is over and has settled. Safe to run at any moment and in several processes. */
export async function drawLooks(deps: DrawDeps): Promise<number> {
  const { db, profile } = deps;
  const now = deps.now();
  const since = new Date(now.getTime() - profile.statistics.settleMin * 60_000);
  let drawn = 0;
  for (const found of await findDaysToDraw(db, { timezone: profile.timezone, now, since, limit: drawsMax })) {
    const start = new Date(startOfDay(found.day, profile.timezone));
    const end = new Date(startOfDay(addDays(found.day, 1), profile.timezone));
    try {
      await drawDay(deps, found, start, end);
      drawn++;
    } catch (error) {
      // another process was faster
      if (!isDuplicate(error)) throw error;
    }
  }
  return drawn;
}

/** One drawing, its looks and its custody entry in one transaction. A scene without rules looks for nothing, so nothing is drawn from it. */
async function drawDay({ db, profile }: DrawDeps, { sourceId, day }: SourceDay, start: Date, end: Date): Promise<void> {
  const { samplesPerSourceDay, seedsPerSourceDay } = profile.statistics;
  await db.$transaction(async (tx) => {
    await lockSource(tx, sourceId);
    const key = keyOfDraw(await loadSecret(tx), sourceId, day);
    const scene = await tx.scene.findFirst({
      where: { sourceId, validFrom: { lt: end } },
      orderBy: [{ validFrom: "desc" }, { version: "desc" }],
    });
    const parsed = scene === null ? undefined : parseScene(scene.document);
    const hasRules = parsed?.kind === "ok" && parsed.scene.rules.length > 0;
    const wanted = hasRules ? samplesPerSourceDay : 0;
    const stretch = { sourceId, key, start, end };
    const { looks, flagged, picked } = await pickUnflagged(tx, stretch, wanted);
    const seeds = hasRules ? await pickSeeds(tx, stretch, seedsPerSourceDay) : [];
    const shown = [...picked, ...seeds]
      .map((look) => ({ look, rank: rankOf(key, `shown:${look.clipId}:${look.offsetMs}`) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .map(({ look }, nth) => ({ ...look, ordinal: nth + 1 }));
    const { id } = await tx.lookDraw.create({
      data: { sourceId, day: new Date(`${day}T00:00:00Z`), key, looks, flagged, wanted },
    });
    await tx.lookSample.createMany({ data: shown.map((look) => ({ drawId: id, ...look })) });
    await appendCustody(tx, {
      action: "sample.drawn",
      subject: `source:${sourceId}`,
      actor: { kind: "machine", id: "api", name: "api" },
      detail: {
        day,
        key,
        looks,
        flagged,
        wanted,
        shown: shown.map(({ clipId, offsetMs }) => `${clipId}:${offsetMs}`),
      },
    });
  });
}

/** Draws now and then as part of a sweep that runs more often; what fails is logged and waits, nothing else waits for it. */
export function createLookDrawing(deps: DrawDeps & Pick<Deps, "log">, everyMs = 20_000): () => Promise<void> {
  let nextMs = 0;
  return async () => {
    if (Date.now() < nextMs) return;
    nextMs = Date.now() + everyMs;
    await drawLooks(deps).catch((error: unknown) =>
      deps.log.error({ err: error }, "drawing looks failed; what is left waits for the next"),
    );
  };
}
