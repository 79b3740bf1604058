import { setImmediate as nextTurn } from "node:timers/promises";
import type { ClipModel, SourceModel } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { fieldSettings, noFixReasons, type PlacedLook, type Run, runsOf } from "@mingcha/models/field";
import type { PatrolRun, PatrolRuns } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import type { Deps } from "../deps.ts";
import { loadCarriers } from "./load-clip.ts";
import { createTracks } from "./place-clip-looks.ts";
import { viewRunFlags } from "./run-flags.ts";
import { trackLines } from "./track-lines.ts";

type Clip = ClipModel & { source: SourceModel };
const dayMs = 86_400_000;
/** Looks that are drawn; more of them are chosen evenly, which is said. */
const looksMax = 1_500;
/** Looks that are placed before others get their turn. */
const looksPerTurn = 200;

async function runsBetween({ db, profile }: Pick<Deps, "db" | "profile">, from: Date, to: Date, sourceId?: string) {
  const clips = await db.clip.findMany({
    where: {
      startedAt: { gte: from, lt: to },
      deletedAt: null,
      source: { kind: "patrol" },
      ...(sourceId === undefined ? {} : { sourceId }),
    },
    include: { source: true },
    orderBy: { startedAt: "asc" },
  });
  return runsOf(
    clips.map((clip) => {
      const fromMs = clip.startedAt.getTime();
      return { id: clip.id, sourceId: clip.sourceId, fromMs, toMs: fromMs + clip.durationMs, clip };
    }),
    profile.timezone,
  );
}
type LoadedRun = Run<{ id: string; sourceId: string; fromMs: number; toMs: number; clip: Clip }>;

/** Runs of patrol cars on a day of the bureau; without one, the day of the newest recording. */
export async function listRuns(
  deps: Pick<Deps, "db" | "profile" | "now">,
  day: string | undefined,
): Promise<PatrolRuns> {
  const { db, profile } = deps;
  const newest = await db.clip.findFirst({
    where: { source: { kind: "patrol" }, deletedAt: null },
    orderBy: { startedAt: "desc" },
    select: { startedAt: true },
  });
  const wanted = day ?? localDay(newest?.startedAt ?? deps.now(), profile.timezone);
  // a day and what it may lie off UTC, with the runs that began before it
  const middle = Date.parse(`${wanted}T12:00:00Z`);
  const runs = await runsBetween(deps, new Date(middle - 2 * dayMs), new Date(middle + 2 * dayMs));
  const items: PatrolRuns["items"] = [];
  for (const run of runs.filter((one) => one.day === wanted)) items.push(await headOf(deps, run));
  return { day: wanted, items };
}

async function headOf(
  { db, profile }: Pick<Deps, "db" | "profile">,
  run: LoadedRun,
): Promise<PatrolRuns["items"][number]> {
  const [first] = run.clips;
  if (first === undefined) throw new Error("a run without a recording");
  const span = { fromMs: run.fromMs, toMs: run.toMs, uncertaintyMs: first.clip.startUncertaintyMs };
  return {
    id: first.id,
    sourceName: first.clip.source.name || run.sourceId,
    timezone: first.clip.source.timezone || profile.timezone,
    from: new Date(run.fromMs).toISOString(),
    to: new Date(run.toMs).toISOString(),
    clips: run.clips.length,
    carriers: (await loadCarriers(db, run.sourceId, span)).map(({ name }) => name),
  };
}

/** One run: its way, where each look was taken and how surely, and what was flagged on it. */
export async function viewRun(deps: Pick<Deps, "db" | "profile" | "mapBase">, clipId: string): Promise<PatrolRun> {
  const { db } = deps;
  const asked = await db.clip.findUnique({ where: { id: clipId }, include: { source: { select: { kind: true } } } });
  if (asked === null || asked.source.kind !== "patrol")
    throw new AppError("NOT_FOUND", {}, { detail: `run ${clipId}` });
  const at = asked.startedAt.getTime();
  const runs = await runsBetween(deps, new Date(at - 2 * dayMs), new Date(at + 2 * dayMs), asked.sourceId);
  const run = runs.find(({ clips }) => clips.some(({ id }) => id === clipId));
  if (run === undefined) throw new AppError("NOT_FOUND", {}, { detail: `run ${clipId}` });
  const { clips: _count, ...head } = await headOf(deps, run);
  const trackOf = createTracks(db);
  const placed: { clipId: string; place: PlacedLook }[] = [];
  const track: [number, number][][] = [];
  for (const { clip } of run.clips) {
    const [looks, own] = await Promise.all([
      db.look.findMany({ where: { clipId: clip.id }, select: { offsetMs: true }, orderBy: { offsetMs: "asc" } }),
      trackOf(clip),
    ]);
    track.push(...trackLines(own.track, fieldSettings.gapMaxMs));
    for (const { offsetMs } of looks) {
      placed.push({ clipId: clip.id, place: own.placeAt(offsetMs) });
      if (placed.length % looksPerTurn === 0) await nextTurn();
    }
  }
  const known = placed.flatMap(({ clipId: of, place }) => (place.kind === "placed" ? [{ clipId: of, place }] : []));
  const step = Math.max(1, Math.ceil(known.length / looksMax));
  const shown = known.filter((_, nth) => nth % step === 0);
  const flags = await viewRunFlags(
    deps,
    run.clips.map(({ id }) => id),
    trackOf,
  );
  const errors = known.map(({ place }) => place.errorM).sort((a, b) => a - b);
  return {
    ...head,
    clips: run.clips.map(({ clip }) => ({
      id: clip.id,
      fileName: clip.fileName,
      startedAt: clip.startedAt.toISOString(),
      durationMs: clip.durationMs,
    })),
    track,
    looks: shown.map(({ clipId: of, place }) => ({
      clipId: of,
      offsetMs: place.offsetMs,
      at: { longitude: place.longitude, latitude: place.latitude },
      errorM: Math.round(place.errorM * 10) / 10,
    })),
    counts: { looks: placed.length, placed: known.length, shown: shown.length, flags: flags.total },
    without: Object.entries(noFixReasons).flatMap(([code, why]) => {
      const looks = placed.filter(({ place }) => place.kind === "no_fix" && place.because === code).length;
      return looks === 0 ? [] : [{ why, looks }];
    }),
    errorMedianM: errors.length === 0 ? null : Math.round((errors[errors.length >> 1] ?? 0) * 10) / 10,
    flags: flags.items,
  };
}
